package dev.voxlog.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been opened so far, to be closed in reverse. Safe from any thread: a stop may come
/// while a start goes on.
public final class Closing implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean isClosed;

  /// Takes `opened` over; closes it at once, and refuses to go on, if the stop came before.
  ///
  /// @throws IllegalStateException if so
  public <T extends AutoCloseable> T later(T opened) {
    synchronized (open) {
      if (!isClosed) {
        open.push(opened);
        return opened;
      }
    }
    close(opened);
    throw new IllegalStateException("stopped while starting");
  }

  public boolean isClosed() {
    synchronized (open) {
      return isClosed;
    }
  }

  public boolean isEmpty() {
    synchronized (open) {
      return open.isEmpty();
    }
  }

  /// Closes everything, the last first; what fails is logged.
  @Override
  public void close() {
    List<AutoCloseable> closing;
    synchronized (open) {
      isClosed = true;
      closing = List.copyOf(open);
      open.clear();
    }
    closing.forEach(Closing::close);
  }

  private static void close(AutoCloseable opened) {
    try {
      opened.close();
    } catch (Exception e) {
      log.warn("{} did not close cleanly", opened.getClass().getSimpleName(), e);
    }
  }
}
