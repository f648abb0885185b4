package dev.voxlog.benchmarks;

import java.util.Collection;
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

/// Runs the benchmarks that JMH's command line names, and prints their medians and what they
/// allocate as a table.
public final class Benchmarks {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private Benchmarks() {}

  public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .parent(new CommandLineOptions(arguments))
                    .addProfiler(GCProfiler.class)
                    .build())
            .run();
    System.out.println();
    System.out.println(
        "| benchmark | fastest tenth, µs | median, µs | slowest tenth, µs | bytes |");
    System.out.println("| --- | ---: | ---: | ---: | ---: |");
    results.forEach(result -> System.out.println(row(result)));
  }

  private static String row(RunResult result) {
    var times = result.getPrimaryResult().getStatistics();
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    return "| %s | %.2f | %.2f | %.2f | %s |"
        .formatted(
            name(result.getParams()),
            times.getPercentile(10),
            times.getPercentile(50),
            times.getPercentile(90),
            allocated == null ? "" : "%.0f".formatted(allocated.getScore()));
  }

  private static String name(BenchmarkParams benchmark) {
    String[] path = benchmark.getBenchmark().split("\\.");
    String name = path[path.length - 2].replace("Benchmark", "") + "." + path[path.length - 1];
    return benchmark.getParamsKeys().stream()
        .map(key -> " " + key + "=" + benchmark.getParam(key))
        .collect(Collectors.joining("", name, ""));
  }
}
