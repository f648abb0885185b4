package dev.voxlog.demo;

import java.util.Arrays;

/// A failure as the log may tell it: what broke and where. Its message is left out, since the
/// database quotes the values it refuses, and a customer's number may be one.
record Failure(Throwable thrown) {
  @Override
  public String toString() {
    String place =
        Arrays.stream(thrown.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith(Failure.class.getPackageName()))
            .filter(frame -> !frame.getClassName().equals(Sql.class.getName()))
            .findFirst()
            .map(frame -> " at " + frame)
            .orElse("");
    return thrown.getClass().getName() + place;
  }
}
