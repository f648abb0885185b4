package dev.voxlog.cli.call;

import dev.voxlog.analytics.Medians;
import dev.voxlog.analytics.Part;
import dev.voxlog.analytics.Waterfall;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Prints where the milliseconds of turns went, a column for each part.
final class WaterfallTable {
  private static final String CELL = "%12s";

  private WaterfallTable() {}

  static String header() {
    StringBuilder line = new StringBuilder();
    for (Part part : Part.values()) {
      line.append(CELL.formatted(title(part)));
    }
    return line.append(CELL.formatted("= log")).append(CELL.formatted("wire ms")).toString();
  }

  /// `wire` is what the caller waited, by the caller's own clock.
  static String row(Waterfall waterfall, OptionalDouble wire) {
    StringBuilder line = new StringBuilder();
    for (Part part : Part.values()) {
      line.append(cell(waterfall.millis(part)));
    }
    return line.append(cell(waterfall.totalMillis()))
        .append(cell(wire.isPresent() ? Optional.of(wire.getAsDouble()) : Optional.empty()))
        .toString();
  }

  /// The middle of every column, over the rows that have it.
  static String medians(List<Waterfall> waterfalls, List<Double> wires) {
    StringBuilder line = new StringBuilder();
    for (Part part : Part.values()) {
      line.append(
          cell(median(waterfalls.stream().flatMap(each -> each.millis(part).stream()).toList())));
    }
    line.append(
        cell(median(waterfalls.stream().flatMap(each -> each.totalMillis().stream()).toList())));
    return line.append(cell(median(wires))).toString();
  }

  private static Optional<Double> median(List<Double> values) {
    OptionalDouble median = Medians.of(values);
    return median.isPresent() ? Optional.of(median.getAsDouble()) : Optional.empty();
  }

  private static String cell(Optional<Double> millis) {
    return CELL.formatted(
        millis.map(value -> String.format(Locale.ROOT, "%.0f", value)).orElse("-"));
  }

  private static String title(Part part) {
    return switch (part) {
      case STT, NLU, TTS -> part.name();
      case KAFKA -> "Kafka";
      case ENDPOINTING, DIALOGUE, TOOL, PLAYBACK -> part.name().toLowerCase(Locale.ROOT);
    };
  }
}
