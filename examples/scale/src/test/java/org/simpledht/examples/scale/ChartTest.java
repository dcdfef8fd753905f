package org.simpledht.examples.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ChartTest {

    @Test
    void theSameFiguresMakeTheSameBytes() {
        assertThat(chart(2).svg()).isEqualTo(chart(2).svg()).isNotEqualTo(chart(3).svg());
    }

    @Test
    void itIsXmlWithALineForEachThatHasPoints() throws Exception {
        Chart chart = chart(2);
        chart.line("never measured", 2, true);
        chart.point(10, Double.NaN);
        String svg = chart.svg();
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(5);
        assertThat(svg)
                .contains("1,000", "less &lt; more", "one &amp; another")
                .doesNotContain("NaN", "never measured");
    }

    private static Chart chart(double last) {
        Chart chart = new Chart("less < more", "nodes", "seconds", true);
        chart.line("one & another", 0, false);
        chart.point(10, 1);
        chart.point(100, 1.5);
        chart.point(1_000, last);
        chart.line("model", 1, true);
        chart.point(10, 0.5);
        chart.point(1_000, 0);
        return chart;
    }
}
