package dev.voxlog.runtime;

import java.util.List;
import java.util.stream.LongStream;

/// The seeds of randomized tests.
final class Seeds {
  private static final int COUNT = 200;

  private Seeds() {}

  static List<Long> all() {
    return LongStream.range(0, COUNT).boxed().toList();
  }
}
