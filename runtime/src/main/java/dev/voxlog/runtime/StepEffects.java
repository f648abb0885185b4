package dev.voxlog.runtime;

import dev.voxlog.runtime.CallHome.Because;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/// What a call's step may do to the world, and what it does.
///
/// Threads: confined to the call's mailbox, but for [#acknowledged] and [#open]. Answers come from
/// any thread and are posted.
final class StepEffects implements Effects {
  private final CallActor actor;
  private final CallHome home;
  private final Restoration restoration;
  private final Outstanding outstanding = new Outstanding();
  private final TurnTrace trace;
  private final Set<String> unwritten = ConcurrentHashMap.newKeySet();
  private Because because = Because.NOTHING;
  private int errors;

  StepEffects(CallActor actor, CallHome home, Restoration restoration) {
    this.actor = actor;
    this.home = home;
    this.restoration = restoration;
    this.errors = restoration.errors();
    this.trace = new TurnTrace(home.telemetry().tracer(), home.stage().name());
  }

  // What the step is busy with.

  void handling(Arrival arrival) {
    trace.handling(arrival, now());
    because = new Because(arrival.cause(), arrival.traceparent());
  }

  void goingOn(Because why) {
    because = why;
    trace.resume(why.traceparent());
  }

  void handled() {
    because = Because.NOTHING;
  }

  private Because why() {
    return new Because(because.cause(), trace.current());
  }

  /// The broker has the record.
  void acknowledged(VoxEvent event) {
    unwritten.remove(Restoration.key(event));
  }

  /// The records that the broker may not have yet.
  Set<String> unwritten() {
    return Set.copyOf(unwritten);
  }

  int errors() {
    return errors;
  }

  /// Requests that are out.
  int open() {
    return outstanding.open();
  }

  /// What was asked and set so far is not waited for.
  void forget() {
    outstanding.cancelAll();
  }

  void close() {
    outstanding.cancelAll();
    trace.end(now());
  }

  @Override
  public Instant now() {
    return home.clock().now();
  }

  @Override
  public void emit(VoxEvent event) {
    if (restoration.isWritten(event) || home.isClosed()) {
      return;
    }
    unwritten.add(Restoration.key(event));
    String traceparent = trace.writing(event, now());
    home.write(actor, event, new Because(because.cause(), traceparent), actor.handledNext());
  }

  @Override
  public void ask(String key, Urgency urgency, Duration within, Work<?> work) {
    Outstanding.Request request = requested(key, within);
    request.runs(home.compute(key, urgency, request, () -> answer(key, request, work)));
  }

  private Outstanding.Request requested(String key, Duration within) {
    Outstanding.Request request = outstanding.ask(key, why());
    request.failsAt(
        home.clock()
            .schedule(
                within,
                () -> {
                  request.giveUp();
                  actor.post(() -> expired(key, request, within));
                }));
    return request;
  }

  private void expired(String key, Outstanding.Request request, Duration within) {
    if (outstanding.expired(key, request)) {
      TimeoutException late = new TimeoutException("no answer within " + within);
      actor.deliver(new Input.Failed(key, late), request.because());
    }
  }

  private void answer(String key, Outstanding.Request request, Work<?> work) {
    if (request.isCancelled()) {
      request.workOver();
      return;
    }
    try {
      answered(key, request, new Input.Answered(key, work.run(request)));
    } catch (Throwable e) {
      answered(key, request, new Input.Failed(key, e));
    } finally {
      request.workOver();
    }
  }

  @Override
  public void await(String key, CompletionStage<?> answer) {
    await(key, outstanding.ask(key, why()), answer);
  }

  @Override
  public void await(String key, Duration within, CompletionStage<?> answer) {
    boolean isThere = answer.toCompletableFuture().isDone();
    Outstanding.Request request = isThere ? outstanding.ask(key, why()) : requested(key, within);
    await(key, request, answer);
  }

  private void await(String key, Outstanding.Request request, CompletionStage<?> answer) {
    answer.whenComplete((value, cause) ->
        answered(
            key,
            request,
            cause == null ? new Input.Answered(key, value) : new Input.Failed(key, cause)));
  }

  @Override
  public void written(String key) {
    Outstanding.Request request = outstanding.ask(key, why());
    actor.safePoints.whenWritten(() -> answered(key, request, new Input.Answered(key, true)));
  }

  private void answered(String key, Outstanding.Request request, Input answer) {
    actor.post(() -> {
      if (outstanding.answered(key, request)) {
        actor.deliver(answer, request.because());
      }
    });
  }

  @Override
  public void cancel(String key) {
    outstanding.cancel(key);
  }

  @Override
  public void timer(String key, Duration after) {
    Outstanding.Timer timer = outstanding.timer(key, why());
    timer.runs(home.clock().schedule(after, () -> actor.post(() -> due(key, timer))));
  }

  private void due(String key, Outstanding.Timer timer) {
    if (outstanding.wentOff(key, timer)) {
      actor.deliver(new Input.TimerDue(key), timer.because());
    }
  }

  @Override
  public void cancelTimer(String key) {
    outstanding.cancelTimer(key);
  }

  @Override
  public void safePoint(Topic topic, long offset) {
    actor.safePoints.needs(topic, offset);
  }

  @Override
  public boolean leavesOut(String work) {
    boolean isLeftOut = home.isBehind();
    if (isLeftOut) {
      home.telemetry().leftOut(work);
    }
    return isLeftOut;
  }

  @Override
  public long epoch() {
    return home.epoch();
  }

  @Override
  public boolean isOwnershipConfirmed() {
    return home.isOwnershipConfirmed();
  }

  @Override
  public void error(String reason, String detail) {
    StageName stage = home.stage().name();
    home.telemetry().error(stage, reason);
    emit(new CallEvent.Error(actor.id(), now(), stage, errors++, reason, detail));
  }

  @Override
  public void end() {
    actor.end();
  }
}
