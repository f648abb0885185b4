package dev.voxlog.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A failure as a log may tell it: the classes of it and its causes, and where each was thrown. The
/// messages are left out, since those of parsers and of steps quote what a caller said.
public final class FailureTrace {
  private static final int MOST_CAUSES = 8;
  private static final int MOST_FRAMES = 20;

  private FailureTrace() {}

  /// The classes in one line, the failure's own first.
  public static String classes(Throwable failure) {
    return chain(failure).stream()
        .map(each -> each.getClass().getName())
        .collect(Collectors.joining(" <- "));
  }

  /// The classes with their stack frames, a line each.
  public static String of(Throwable failure) {
    StringBuilder trace = new StringBuilder();
    for (Throwable each : chain(failure)) {
      trace.append(trace.isEmpty() ? "" : "\ncaused by ").append(each.getClass().getName());
      StackTraceElement[] frames = each.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
        trace.append("\n\tat ").append(frames[i]);
      }
    }
    return trace.toString();
  }

  /// Bounded, since causes may go round in a circle.
  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable each = failure;
        each != null && chain.size() < MOST_CAUSES;
        each = each.getCause()) {
      chain.add(each);
    }
    return chain;
  }
}
