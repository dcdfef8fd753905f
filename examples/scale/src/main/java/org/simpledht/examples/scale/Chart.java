package org.simpledht.examples.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over some numbers, as an SVG: nothing but text, and the same for the same figures. */
final class Chart {

    private static final int WIDTH = 820;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 250;
    private static final int TOP = 50;
    private static final int BOTTOM = 60;
    private static final int TICKS = 5;
    private static final String[] COLOURS = {"#1b6ca8", "#d1495b", "#2e8b57", "#b8860b", "#6a4c93", "#444444"};

    private record Point(double x, double y) {}

    private record Line(String name, int colour, boolean isDashed, List<Point> points) {}

    private final String title;
    private final String acrossWords;
    private final String upWords;
    private final boolean isLogarithmic;
    private final List<Line> lines = new ArrayList<>();
    private double least = Double.MAX_VALUE;
    private double most = -Double.MAX_VALUE;
    private double highest;

    /** Across is logarithmic, or else whole numbers side by side. */
    Chart(String title, String acrossWords, String upWords, boolean isLogarithmic) {
        this.title = title;
        this.acrossWords = acrossWords;
        this.upWords = upWords;
        this.isLogarithmic = isLogarithmic;
    }

    /** Begins a line; what {@link #point} adds is its. */
    void line(String name, int colour, boolean isDashed) {
        lines.add(new Line(name, colour % COLOURS.length, isDashed, new ArrayList<>()));
    }

    /** What is no number is left out. */
    void point(double x, double y) {
        if (Double.isNaN(y)) {
            return;
        }
        double across = isLogarithmic ? Math.log10(x) : x;
        lines.get(lines.size() - 1).points.add(new Point(across, y));
        least = Math.min(least, across);
        most = Math.max(most, across);
        highest = Math.max(highest, y);
    }

    String svg() {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"13\">%n<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT));
        text(out, LEFT, 28, "start", "font-size=\"16\" font-weight=\"bold\"", title);
        double step = step();
        double top = step * Math.ceil(Math.max(highest, step) / step - 1e-9);
        rows(out, step, top);
        columns(out);
        text(out, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 15, "middle", "", acrossWords);
        text(
                out,
                18,
                (TOP + HEIGHT - BOTTOM) / 2.0,
                "middle",
                String.format(Locale.ROOT, "transform=\"rotate(-90 18 %d)\"", (TOP + HEIGHT - BOTTOM) / 2),
                upWords);
        int row = 0;
        for (Line line : lines) {
            if (!line.points.isEmpty()) {
                draw(out, line, top, row++);
            }
        }
        return out.append("</svg>\n").toString();
    }

    /** A round number, so that some five of them make the height. */
    private double step() {
        double rough = Math.max(highest, 1e-9) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power >= rough) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private void rows(StringBuilder out, double step, double top) {
        for (int i = 0; i * step <= top + step / 2; i++) {
            double y = up(i * step, top);
            rule(out, LEFT, y, WIDTH - RIGHT, y, i == 0 ? "#444444" : "#dddddd");
            text(out, LEFT - 8, y + 4, "end", "", number(i * step));
        }
    }

    private void columns(StringBuilder out) {
        for (int i = (int) Math.ceil(least - 1e-9); i <= most + 1e-9; i++) {
            double x = across(i);
            rule(out, x, TOP, x, HEIGHT - BOTTOM, "#eeeeee");
            text(
                    out,
                    x,
                    HEIGHT - BOTTOM + 20,
                    "middle",
                    "",
                    isLogarithmic ? String.format(Locale.ROOT, "%,.0f", Math.pow(10, i)) : String.valueOf(i));
        }
    }

    private void draw(StringBuilder out, Line line, double top, int row) {
        String colour = COLOURS[line.colour];
        String dashes = line.isDashed ? " stroke-dasharray=\"6 4\"" : "";
        StringBuilder points = new StringBuilder();
        for (Point point : line.points) {
            String x = coordinate(across(point.x));
            String y = coordinate(up(point.y, top));
            points.append(points.isEmpty() ? "" : " ").append(x).append(',').append(y);
            out.append(String.format(
                    "<circle cx=\"%s\" cy=\"%s\" r=\"3.5\" fill=\"%s\" stroke=\"%s\"/>%n",
                    x, y, line.isDashed ? "#ffffff" : colour, colour));
        }
        out.append(String.format(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>%n",
                points, colour, dashes));
        int y = TOP + 10 + 22 * row;
        int x = WIDTH - RIGHT + 15;
        out.append(String.format("<path d=\"M%d %dh26\" stroke=\"%s\" stroke-width=\"2\"%s/>%n", x, y, colour, dashes));
        text(out, x + 34, y + 4, "start", "", line.name);
    }

    private double across(double x) {
        double width = most > least ? most - least : 1;
        return LEFT + 12 + (x - least) / width * (WIDTH - LEFT - RIGHT - 24);
    }

    private static double up(double y, double top) {
        return HEIGHT - BOTTOM - y / top * (HEIGHT - TOP - BOTTOM);
    }

    private static void rule(StringBuilder out, double x, double y, double toX, double toY, String colour) {
        out.append(String.format(
                "<path d=\"M%s %sL%s %s\" stroke=\"%s\"/>%n",
                coordinate(x), coordinate(y), coordinate(toX), coordinate(toY), colour));
    }

    private static void text(StringBuilder out, double x, double y, String anchor, String more, String words) {
        out.append(String.format(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"#222222\" %s>%s</text>%n",
                coordinate(x),
                coordinate(y),
                anchor,
                more,
                words.replace("&", "&amp;").replace("<", "&lt;")));
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
    }
}
