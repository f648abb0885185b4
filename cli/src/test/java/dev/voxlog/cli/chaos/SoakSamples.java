package dev.voxlog.cli.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// What every process held, over time, and when a part of the run began. Safe from any thread.
final class SoakSamples {
  private final List<Sample> samples = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();

  /// What a process held at a time, in seconds from the start; the records its group had not
  /// committed, 0 if it is in none.
  record Sample(double seconds, String process, ProcessProbe.Held held, long lag) {}

  /// From when on what was going on.
  record Part(double seconds, String name) {}

  /// What is watched: its name, its unit, how it is read off a sample.
  enum Watched {
    HEAP("heap after GC", "MiB", sample -> mebibytes(sample.held().heapBytes())),
    THREADS("threads", "", sample -> sample.held().threads()),
    DESCRIPTORS("file descriptors", "", sample -> sample.held().descriptors()),
    DIRECT("direct memory", "MiB", sample -> mebibytes(sample.held().directBytes())),
    LAG("lag", "records", Sample::lag);

    private final String title;
    private final String unit;
    private final ToDoubleFunction<Sample> value;

    Watched(String title, String unit, ToDoubleFunction<Sample> value) {
      this.title = title;
      this.unit = unit;
      this.value = value;
    }

    String title() {
      return unit.isEmpty() ? title : title + ", " + unit;
    }

    double of(Sample sample) {
      return value.applyAsDouble(sample);
    }

    private static double mebibytes(long bytes) {
      return bytes / 1048576.0;
    }
  }

  synchronized void add(List<Sample> more) {
    samples.addAll(more);
  }

  synchronized void begin(double seconds, String part) {
    parts.add(new Part(seconds, part));
  }

  synchronized List<Sample> all() {
    return List.copyOf(samples);
  }

  synchronized List<Part> parts() {
    return List.copyOf(parts);
  }

  /// One row for each process and time, with a head.
  void writeTable(Path file) {
    List<String> rows = new ArrayList<>();
    rows.add("seconds,part,process,heap_mib,threads,descriptors,direct_mib,lag_records");
    for (Sample each : all()) {
      String part =
          parts().stream()
              .filter(begun -> begun.seconds() <= each.seconds())
              .reduce((_, last) -> last)
              .map(Part::name)
              .orElse("");
      rows.add(
          String.format(
              Locale.ROOT,
              "%.1f,%s,%s,%.2f,%d,%d,%.2f,%d",
              each.seconds(),
              part,
              each.process(),
              Watched.HEAP.of(each),
              each.held().threads(),
              each.held().descriptors(),
              Watched.DIRECT.of(each),
              each.lag()));
    }
    write(file, rows.stream().collect(Collectors.joining("\n", "", "\n")));
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
