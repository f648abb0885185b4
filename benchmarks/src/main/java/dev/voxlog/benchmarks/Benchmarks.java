package dev.voxlog.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs the benchmarks that JMH's command line names, and prints one table of how long they took
/// and what they allocated. What JMH has to say in between goes to a file.
public final class Benchmarks {
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final String COURSE = "benchmarks/target/course.txt";
  private static final String LINE = "| %-57s | %10s | %19s | %14s | %14s | %9s |%n";

  private Benchmarks() {}

  public static void main(String[] arguments)
      throws CommandLineOptionException, RunnerException, IOException {
    CommandLineOptions options = new CommandLineOptions(arguments);
    if (options.shouldHelp()) {
      options.showHelp();
    } else if (options.shouldList()) {
      new Runner(options).list();
    } else {
      measure(options);
    }
  }

  private static void measure(CommandLineOptions options) throws RunnerException {
    String course = options.getOutput().orElse(COURSE);
    System.out.println("Measuring; how far it is stands in " + course);
    Instant began = Instant.now();
    double load = load();
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .parent(options)
                    .addProfiler(GCProfiler.class)
                    .output(course)
                    .shouldFailOnError(true)
                    .build())
            .run();
    Duration took = Duration.between(began, Instant.now());
    System.out.printf(
        Locale.ROOT,
        "%nJDK %s, %d cores, load %.1f before and %.1f after, %d min %d s%n%n%s",
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors(),
        load,
        load(),
        took.toMinutes(),
        took.toSecondsPart(),
        table(results));
  }

  /// How many threads wanted a core, on average over a minute.
  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  static String table(Collection<RunResult> results) {
    String head =
        LINE.formatted(
            "benchmark",
            "median, µs",
            "lowest–highest JVM",
            "fastest tenth",
            "slowest tenth",
            "bytes");
    String rule = "| --- | ---: | ---: | ---: | ---: | ---: |%n".formatted();
    return results.stream().map(Benchmarks::row).collect(Collectors.joining("", head + rule, ""));
  }

  private static String row(RunResult result) {
    Result<?> times = result.getPrimaryResult();
    var medians =
        result.getBenchmarkResults().stream()
            .mapToDouble(jvm -> percentile(jvm.getPrimaryResult(), 50))
            .summaryStatistics();
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    return LINE.formatted(
        name(result.getParams()),
        figure(percentile(times, 50)),
        figure(medians.getMin()) + "–" + figure(medians.getMax()),
        figure(percentile(times, 10)),
        figure(percentile(times, 90)),
        allocated == null ? "" : "%.0f".formatted(allocated.getScore()));
  }

  private static double percentile(Result<?> times, double rank) {
    return times.getStatistics().getPercentile(rank);
  }

  private static String figure(double micros) {
    return String.format(Locale.ROOT, micros < 100 ? "%.2f" : "%.0f", micros);
  }

  /// As a pattern on the command line may name it, and its parameters.
  private static String name(BenchmarkParams benchmark) {
    String[] path = benchmark.getBenchmark().split("\\.");
    String name = path[path.length - 2] + "." + path[path.length - 1];
    return benchmark.getParamsKeys().stream()
        .map(key -> " " + key + "=" + benchmark.getParam(key))
        .collect(Collectors.joining("", name, ""));
  }
}
