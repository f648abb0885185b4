package dev.voxlog.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The right to a data directory, held until closed or until the process dies, however it dies.
///
/// Kafka's own lock comes too late: a second node becomes controller on the same metadata log
/// before it fails.
public final class DirectoryLock implements AutoCloseable {
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Waits up to `patience` for whoever holds it or a part of it.
  ///
  /// @throws IllegalStateException if it is still held then
  public static DirectoryLock take(Path directory, Duration patience) {
    return take(directory, 0, Long.MAX_VALUE, patience);
  }

  /// One broker's part, so that brokers of one cluster can hold the directory together.
  ///
  /// @throws IllegalStateException if another broker of this number, or somebody, holds it then
  static DirectoryLock take(Path directory, int broker, Duration patience) {
    return take(directory, broker, 1, patience);
  }

  private static DirectoryLock take(Path directory, long from, long length, Duration patience) {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      long until = System.nanoTime() + patience.toNanos();
      while (tryLock(channel, from, length) == null) {
        if (System.nanoTime() > until) {
          channel.close();
          throw new IllegalStateException(
              directory
                  + " is in use by another Voxlog on this machine; stop it, or choose another directory with --data");
        }
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
      return new DirectoryLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + directory, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel, long from, long length)
      throws IOException {
    try {
      return channel.tryLock(from, length, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
