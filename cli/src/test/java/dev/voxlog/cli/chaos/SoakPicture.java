package dev.voxlog.cli.chaos;

import dev.voxlog.cli.chaos.SoakSamples.Part;
import dev.voxlog.cli.chaos.SoakSamples.Sample;
import dev.voxlog.cli.chaos.SoakSamples.Watched;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A soak as an SVG: one panel for each thing watched, one line for each process.
final class SoakPicture {
  private static final List<String> COLOURS =
      List.of(
          "#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b", "#17becf", "#7f7f7f");

  private static final int LEFT = 60;
  private static final int WIDTH = 820;
  private static final int HEIGHT = 130;
  private static final int STEP = 180;
  private static final int TOP = 60;

  private final List<Sample> samples;
  private final List<Part> parts;
  private final List<String> processes;
  private final double length;
  private final StringBuilder svg = new StringBuilder();

  private SoakPicture(SoakSamples soak) {
    samples = soak.all();
    parts = soak.parts();
    processes = samples.stream().map(Sample::process).distinct().toList();
    length = Math.max(1, samples.stream().mapToDouble(Sample::seconds).max().orElse(1));
  }

  static String of(SoakSamples soak, String title) {
    return new SoakPicture(soak).draw(title);
  }

  private String draw(String title) {
    int panels = Watched.values().length;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">",
        LEFT + WIDTH + 20, TOP + panels * STEP + 10);
    add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    add("<text x=\"%d\" y=\"18\" font-size=\"14\">%s</text>", LEFT, title);
    for (int i = 0; i < processes.size(); i++) {
      add(
          "<text x=\"%d\" y=\"38\" fill=\"%s\">%s</text>",
          LEFT + i * WIDTH / processes.size(), colour(i), processes.get(i));
    }
    for (Watched watched : Watched.values()) {
      panel(watched, TOP + watched.ordinal() * STEP);
    }
    return svg.append("</svg>\n").toString();
  }

  private void panel(Watched watched, int top) {
    double most = roof(samples.stream().mapToDouble(watched::of).max().orElse(1));
    int bottom = top + 16 + HEIGHT;
    add("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>", LEFT, top + 10, watched.title());
    for (int quarter = 0; quarter <= 4; quarter++) {
      double y = bottom - HEIGHT * quarter / 4.0;
      add(
          "<path d=\"M%d %.1fh%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
          LEFT, y, WIDTH, LEFT - 5, y + 4, number(most * quarter / 4));
    }
    for (Part part : parts) {
      double x = x(part.seconds());
      add(
          "<path d=\"M%.1f %dV%d\" stroke=\"#999\" stroke-dasharray=\"3 3\"/>",
          x, top + 16, bottom);
      add(
          "<text x=\"%.1f\" y=\"%d\" fill=\"#666\">%s, %.1f min</text>",
          x + 2, bottom + 12, part.name(), part.seconds() / 60);
    }
    for (int i = 0; i < processes.size(); i++) {
      String process = processes.get(i);
      add(
          "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.3\" points=\"%s\"/>",
          colour(i),
          samples.stream()
              .filter(sample -> sample.process().equals(process))
              .map(sample ->
                  String.format(
                      Locale.ROOT,
                      "%.1f,%.1f",
                      x(sample.seconds()),
                      bottom - watched.of(sample) / most * HEIGHT))
              .collect(Collectors.joining(" ")));
    }
  }

  private double x(double seconds) {
    return LEFT + seconds / length * WIDTH;
  }

  private static String colour(int process) {
    return COLOURS.get(process % COLOURS.size());
  }

  /// The next number above that can be halved twice.
  private static double roof(double most) {
    double unit = Math.pow(10, Math.floor(Math.log10(Math.max(most, 4))));
    for (double factor : new double[] {1, 2, 4, 6, 8}) {
      if (factor * unit >= most) {
        return factor * unit;
      }
    }
    return 10 * unit;
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString(Math.round(value))
        : String.format(Locale.ROOT, "%.1f", value);
  }

  private void add(String form, Object... values) {
    svg.append(String.format(Locale.ROOT, form, values)).append('\n');
  }
}
