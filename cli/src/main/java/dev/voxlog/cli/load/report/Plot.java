package dev.voxlog.cli.load.report;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/// A plot as SVG that needs nothing but itself. Colours are those of the page it stands in.
final class Plot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 260;
  private static final int LEFT = 56;
  private static final int RIGHT = 28;
  private static final int TOP = 12;
  private static final int BOTTOM = 40;
  private static final int GRID_LINES = 5;

  private final StringBuilder svg = new StringBuilder();
  private final Axis x;
  private final Axis y;

  /// What lies between two ends of a direction, and how a place on it is written.
  record Axis(String title, double from, double to, DoubleFunction<String> label) {
    /// In five steps of a round length, from 0 to at least `most`.
    static Axis upTo(String title, double most) {
      double step = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1e-3) / GRID_LINES)));
      for (double factor : new double[] {2, 5, 10}) {
        if (step * GRID_LINES < most) {
          step = Math.pow(10, Math.floor(Math.log10(most / GRID_LINES))) * factor;
        }
      }
      String format = step < 1 ? "%.1f" : "%.0f";
      return new Axis(title, 0, step * GRID_LINES, at -> String.format(Locale.ROOT, format, at));
    }

    double share(double value) {
      return Math.clamp((value - from) / (to - from), 0, 1);
    }
  }

  /// A place, in the axes' units.
  record Point(double x, double y) {}

  Plot(Axis x, List<Double> xTicks, Axis y) {
    this.x = x;
    this.y = y;
    add(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s by %s\">",
        WIDTH, HEIGHT, y.title(), x.title());
    for (int i = 0; i <= GRID_LINES; i++) {
      double at = y.from() + (y.to() - y.from()) * i / GRID_LINES;
      add(
          "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
          LEFT, WIDTH - RIGHT, down(at), down(at));
      add(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
          LEFT - 6, down(at) + 4, y.label().apply(at));
    }
    for (double at : xTicks) {
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          across(at), HEIGHT - BOTTOM + 16, x.label().apply(at));
    }
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, x.title());
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private double across(double value) {
    return LEFT + (WIDTH - LEFT - RIGHT) * x.share(value);
  }

  private double down(double value) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y.share(value);
  }

  /// Points in the order of x, joined.
  Plot line(String colour, List<Point> points) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(path.isEmpty() ? "M" : "L")
          .append(String.format(Locale.ROOT, "%.1f %.1f", across(point.x()), down(point.y())));
    }
    add("<path class=\"line\" stroke=\"%s\" d=\"%s\"/>", colour, path);
    return this;
  }

  Plot dots(String colour, List<Point> points) {
    for (Point point : points) {
      add(
          "<circle fill=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"1.6\"/>",
          colour, across(point.x()), down(point.y()));
    }
    return this;
  }

  String svg() {
    return svg + "</svg>\n";
  }
}
