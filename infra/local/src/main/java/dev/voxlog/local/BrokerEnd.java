package dev.voxlog.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Why a broker has ended by itself, as far as the last lines of its log tell, and what to do.
///
/// @param broker its number, from 1 on
/// @param status its exit code
record BrokerEnd(int broker, int status, String reason, String fix) {
  /// The end of a log that has room for the trace of a halt.
  private static final int TAIL = 128 << 10;

  private static final int KILLED = 128 + 9;
  private static final String START = "start again: nothing acknowledged is lost";
  private static final String AGAIN = " and " + START;

  /// What an operating system calls it, what that means, and the remedy.
  private record Cause(String words, String meaning, String fix) {}

  private static final List<Cause> CAUSES =
      List.of(
          new Cause("No space left on device", "the disk is full", "make room there" + AGAIN),
          new Cause(
              "Disk quota exceeded",
              "the disk's quota is used up",
              "make room there, or raise it" + AGAIN),
          new Cause(
              "File too large",
              "a file has reached the size that its process may write",
              "raise that limit (ulimit -f)" + AGAIN),
          new Cause(
              "Read-only file system",
              "the file system is read-only",
              "mount it for writing" + AGAIN),
          new Cause(
              "Input/output error",
              "the disk does not work",
              "replace it and start again: what no other broker had is lost"));

  /// Of the broker that has written this log from `begin` on, and whose data lies in `data`.
  static BrokerEnd read(int broker, int status, Path log, long begin, Path data) {
    String tail = tail(log, begin);
    for (Cause cause : CAUSES) {
      if (tail.contains(cause.words())) {
        return new BrokerEnd(
            broker,
            status,
            "%s: %s (%s)".formatted(cause.meaning(), data, cause.words()),
            cause.fix());
      }
    }
    return status == KILLED
        ? new BrokerEnd(broker, status, "it was killed", START + "; its log: " + log)
        : new BrokerEnd(broker, status, "its log says why", "start again; its log: " + log);
  }

  private static String tail(Path log, long from) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long begin = Math.max(from, file.length() - TAIL);
      file.seek(begin);
      byte[] bytes = new byte[(int) Math.max(0, file.length() - begin)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public String toString() {
    return "broker %d has ended with %d: %s; %s".formatted(broker, status, reason, fix);
  }
}
