package org.simpledht.examples.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleTest {

    @TempDir
    private Path folder;

    @Test
    void figuresLastAndAreDrawnOnceMore() throws Exception {
        Scale.main(new String[] {"--quick", "--core=5", "--model=10,100", "--scenarios=rest,half", "--to=" + folder});
        List<String> figures = Files.readAllLines(folder.resolve("figures.csv"));
        assertThat(figures.get(0)).isEqualTo("kind,nodes,figure,value");
        assertThat(figures).anyMatch(line -> line.startsWith("core,5,rest-bytes,"));
        assertThat(figures).anyMatch(line -> line.startsWith("model,100,half-one,"));
        String chart = Files.readString(folder.resolve("idle.svg"));
        assertThat(chart).contains("sent, core", "sent, model");

        Files.delete(folder.resolve("idle.svg"));
        Scale.main(new String[] {"--draw", "--to=" + folder});
        assertThat(folder.resolve("idle.svg")).hasContent(chart);
        assertThat(Files.readAllLines(folder.resolve("figures.csv"))).isEqualTo(figures);
    }

    @Test
    void sizesAreComparedFigureByFigure() {
        Sheet core = new Sheet("core", 1_000);
        Sheet model = new Sheet("model", 1_000);
        core.put("rest-bytes", 800);
        model.put("rest-bytes", 1_000);
        core.put("cut-one", Double.NaN);
        model.put("cut-one", 1);
        assertThat(Table.compare(core, model))
                .contains("| 800 B | 1,000 B | +25 % |")
                .contains("| never | 1.00 s |  |");
    }
}
