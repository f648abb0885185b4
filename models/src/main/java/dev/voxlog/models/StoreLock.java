package dev.voxlog.models;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// One fetch at a time in a cache folder, across threads and processes.
///
/// File locks belong to the whole JVM, so threads queue on a lock per folder first.
final class StoreLock implements AutoCloseable {
  private static final ConcurrentHashMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock threads;
  private final FileChannel channel;

  private StoreLock(ReentrantLock threads, FileChannel channel) {
    this.threads = threads;
    this.channel = channel;
  }

  static StoreLock take(Path directory, Progress progress) throws IOException {
    Files.createDirectories(directory);
    ReentrantLock threads =
        THREADS.computeIfAbsent(directory.toRealPath(), _ -> new ReentrantLock());
    threads.lock();
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve("store.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock(channel, progress);
      return new StoreLock(threads, channel);
    } catch (IOException | RuntimeException failed) {
      threads.unlock();
      throw failed;
    }
  }

  private static void lock(FileChannel channel, Progress progress) throws IOException {
    try {
      FileLock held = channel.tryLock();
      if (held == null) {
        progress.report("Waiting for another process to finish fetching weights …");
        held = channel.lock();
      }
      if (!held.isValid()) {
        throw new IOException("the lock on the weights folder was lost");
      }
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  /// Closing the channel releases the file lock.
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      threads.unlock();
    }
  }
}
