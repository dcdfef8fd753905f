package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The promise to whoever adds a library module: slf4j-api comes with it, and nothing else. */
class DependencyTest {

    private static final String SLF4J = "org.slf4j:slf4j-api";
    private static final String CORE = "org.simpledht:dht-core";

    @Test
    void coreNeedsTheLoggingFacadeAlone() throws Exception {
        assertThat(applicationDependencies(Path.of("pom.xml"))).containsExactly(SLF4J);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dht-transport-udp", "dht-transport-tcp"})
    void transportNeedsTheCoreBesides(String module) throws Exception {
        assertThat(applicationDependencies(Path.of("..", module, "pom.xml"))).containsExactlyInAnyOrder(CORE, SLF4J);
    }

    @Test
    void parentAddsNothing() throws Exception {
        assertThat(applicationDependencies(Path.of("..", "pom.xml"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<scope>compile</scope>", "<scope>runtime</scope>", "<optional>true</optional>"})
    void surplusDependencyIsNoticed(String detail, @TempDir Path directory) throws Exception {
        Path pom = Files.writeString(
                directory.resolve("pom.xml"),
                "<project><dependencies><dependency><groupId>com.example</groupId><artifactId>surplus</artifactId>"
                        + detail + "</dependency></dependencies></project>");
        assertThat(applicationDependencies(pom)).containsExactly("com.example:surplus");
    }

    /** What an application gets: all that is not for tests alone, also from profiles. */
    private static List<String> applicationDependencies(Path pom)
            throws IOException, ParserConfigurationException, SAXException {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        NodeList all = document.getElementsByTagName("dependency");
        List<String> found = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            Element dependency = (Element) all.item(i);
            boolean managed = isIn(dependency, "dependencyManagement") || isIn(dependency, "plugin");
            boolean forTests = text(dependency, "scope").equals("test")
                    // The managed scope of test-jars is test.
                    || text(dependency, "type").equals("test-jar");
            if (!managed && !forTests) {
                found.add(text(dependency, "groupId") + ':' + text(dependency, "artifactId"));
            }
        }
        return found;
    }

    private static boolean isIn(Node node, String ancestor) {
        Node parent = node.getParentNode();
        return parent != null && (parent.getNodeName().equals(ancestor) || isIn(parent, ancestor));
    }

    private static String text(Element parent, String child) {
        Node found = parent.getElementsByTagName(child).item(0);
        return found == null ? "" : found.getTextContent().strip();
    }
}
