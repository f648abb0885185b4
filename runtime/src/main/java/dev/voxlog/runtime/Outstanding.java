package dev.voxlog.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a call waits for: requests that are out and timers that run, each by its key.
///
/// Threads: confined to the call's mailbox, but that work reads its request's cancellation and says
/// when it is over, that a request's time may be up on the clock's thread, and that others may
/// count.
final class Outstanding {
  private final Map<String, Request> requests = new HashMap<>();
  private final Map<String, Timer> timers = new HashMap<>();
  private volatile int open;

  /// A question that is out; marked when nobody waits for it any more.
  static final class Request implements Cancellation {
    private final CallHome.Because because;
    private volatile boolean isCancelled;
    private VoxClock.@Nullable Cancellable deadline;
    private volatile EnginePool.@Nullable Run run;

    private Request(CallHome.Because because) {
      this.because = because;
    }

    void failsAt(VoxClock.Cancellable timer) {
      deadline = timer;
    }

    void runs(EnginePool.Run work) {
      run = work;
    }

    /// Its time is up: no thread is to be counted on that is still at it.
    void giveUp() {
      if (run != null) {
        run.giveUp();
      }
    }

    /// Its work is over. Until then its time runs, also where nobody waits for the answer any more.
    void workOver() {
      if (deadline != null) {
        deadline.cancel();
      }
    }

    /// What led to it, and so to what follows from the answer.
    CallHome.Because because() {
      return because;
    }

    @Override
    public boolean isCancelled() {
      return isCancelled;
    }
  }

  /// Opens a request; one with the same key is cancelled.
  Request ask(String key, CallHome.Because because) {
    cancel(key);
    Request request = new Request(because);
    requests.put(key, request);
    open = requests.size();
    return request;
  }

  /// Takes a request off the list; false when nobody waits for its answer any more.
  boolean answered(String key, Request request) {
    boolean isAwaited = requests.remove(key, request);
    open = requests.size();
    if (isAwaited) {
      request.workOver();
    }
    return isAwaited;
  }

  /// Takes a request off the list whose time is up; false when nobody waits for its answer any
  /// more.
  boolean expired(String key, Request request) {
    boolean isAwaited = answered(key, request);
    if (isAwaited) {
      request.isCancelled = true;
    }
    return isAwaited;
  }

  void cancel(String key) {
    Request request = requests.remove(key);
    open = requests.size();
    if (request != null) {
      request.isCancelled = true;
      if (request.run == null) {
        request.workOver();
      }
    }
  }

  /// A timer that runs.
  static final class Timer {
    private final CallHome.Because because;
    private VoxClock.@Nullable Cancellable running;

    private Timer(CallHome.Because because) {
      this.because = because;
    }

    /// What led to it.
    CallHome.Because because() {
      return because;
    }

    void runs(VoxClock.Cancellable cancellable) {
      running = cancellable;
    }
  }

  /// Notes a timer about to run; one with the same key is taken back.
  Timer timer(String key, CallHome.Because because) {
    cancelTimer(key);
    Timer timer = new Timer(because);
    timers.put(key, timer);
    return timer;
  }

  /// Takes a timer that went off from the list; false when it was taken back or set again
  /// meanwhile.
  boolean wentOff(String key, Timer timer) {
    return timers.remove(key, timer);
  }

  void cancelTimer(String key) {
    Timer timer = timers.remove(key);
    if (timer != null && timer.running != null) {
      timer.running.cancel();
    }
  }

  void cancelAll() {
    List.copyOf(requests.keySet()).forEach(this::cancel);
    List.copyOf(timers.keySet()).forEach(this::cancelTimer);
  }

  /// Requests that are out; from any thread.
  int open() {
    return open;
  }
}
