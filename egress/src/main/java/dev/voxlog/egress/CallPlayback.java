package dev.voxlog.egress;

import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Input;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.media.MediaFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// One call's playback: the agent's audio goes to the caller, the caller's speech holds, ends or
/// resumes it, silence and the end of the call are noticed.
final class CallPlayback implements CallStep {
  private static final String GRACE = "grace";
  private static final String CATCH_UP = "catch-up";
  private static final String LIMIT = "limit";
  private static final String LAST_LIMIT = "last-limit";
  private static final Duration CATCH_UP_PATIENCE = Duration.ofSeconds(1);

  /// What is being said when the call has lasted long enough may be finished.
  private static final Duration OVERTIME = Duration.ofSeconds(30);

  private final CallView call;
  private final Effects effects;
  private final EgressConfig config;
  private final EgressMetrics.OfCall metrics;
  private final Line line;
  private final Told told;
  private final Telling telling;
  private final Player player;
  private final TurnTaking turnTaking;
  private final SilenceWatch silence;
  private final Deque<VoxEvent> deferred = new ArrayDeque<>();
  private final Instant openedAt;
  private final long elapsedBeforeMs;
  private boolean hasCaughtUp = true;
  private boolean isOverdue;
  private boolean isTransfer;
  private boolean isEnded;

  CallPlayback(
      CallView call, Effects effects, EgressWorker.Surroundings around, PlaybackState state) {
    this.call = call;
    this.effects = effects;
    this.config = around.config();
    this.metrics = around.metrics().of(call);
    this.line = new Line(call.id(), effects.epoch(), around.nodes());
    this.told = new Told(call.id(), effects);
    this.telling = new Telling(line, told, state.doneThrough());
    Player.Surroundings surroundings = new Player.Surroundings(line, told, telling, metrics);
    this.player = new Player(call.id(), effects, config, surroundings, state.doneThrough());
    this.turnTaking = new TurnTaking(call, effects, config, player, surroundings);
    this.turnTaking.restore(new TurnTaking.Kept(state.utterance(), state.answerAbove()));
    this.silence = new SilenceWatch(call, effects, state.silences());
    this.openedAt = effects.now();
    this.elapsedBeforeMs = state.elapsedMs();
    long leftMs = call.agent().agent().limits().maxCallDuration().toMillis() - elapsedBeforeMs;
    effects.timer(LIMIT, Duration.ofMillis(Math.max(0, leftMs)));
    effects.timer(GRACE, config.reconnectGrace());
  }

  @Override
  public void on(Input input) {
    if (line.isSuperseded() || isEnded) {
      return;
    }
    switch (input) {
      case Input.Logged(VoxEvent event, _) when !hasCaughtUp && !isOfStream(event) ->
          deferred.add(event);
      case Input.Logged(VoxEvent event, _) -> logged(event);
      case Input.Own(VoxEvent event) -> own(event);
      case Input.Restored _ -> restored();
      case Input.TimerDue(String key) -> due(key);
      case Input.External(Object message) -> external(message);
      case Input.Answered _, Input.Failed _ -> {}
    }
    if (!(input instanceof Input.Own) && !isEnded) {
      proceed();
    }
  }

  private static boolean isOfStream(VoxEvent event) {
    return event instanceof CallEvent.Attached || event instanceof CallEvent.Detached;
  }

  private void logged(VoxEvent event) {
    if (event instanceof TranscriptEvent heard) {
      telling.read(heard);
    }
    switch (event) {
      case AgentAudio.Chunk chunk -> player.take(chunk);
      case AgentAudio.TurnSpoken spoken -> player.take(spoken);
      case TranscriptEvent.SpeechStarted speech -> {
        metrics.media(speech.mediaMs(), effects.now());
        turnTaking.started(speech);
        told.forgetBefore(player.turn() - 1, speech.utterance() - 1);
      }
      case TranscriptEvent.Interim interim ->
          words(interim.utterance(), interim.text(), interim.mediaMs());
      case TranscriptEvent.Final last -> {
        words(last.utterance(), last.text(), last.mediaMs());
        if (!last.isTyped()) {
          metrics.spoken(last.endMs());
        }
      }
      case TranscriptEvent.SpeechEnded speech -> turnTaking.ended(speech);
      case CallEvent.Attached attached -> attached(attached);
      case CallEvent.Detached detached when detached.attach() >= line.attach() ->
          detached(detached);
      case CallEvent.Mark mark -> {
        metrics.media(mark.mediaMs(), effects.now());
        player.markReturned(mark.name());
      }
      case CallEvent.Dtmf _ -> silence.callerSpoke();
      case CallEvent.Cancel cancel when told.isToBeCancelled(cancel) -> cancel(cancel);
      case CallEvent.Decided decided -> telling.decided(decided);
      case CallEvent.Transfer _ -> isTransfer = true;
      default -> {}
    }
  }

  private void words(int utterance, String text, long mediaMs) {
    metrics.media(mediaMs, effects.now());
    turnTaking.words(utterance, text, mediaMs);
    if (!text.isBlank()) {
      silence.callerSpoke();
    }
  }

  /// What is being said, or waits to be, is broken off. As with a verdict, the heard text goes
  /// before the record.
  private void cancel(CallEvent.Cancel cancel) {
    boolean isSaying = player.turn() > 0 && !player.isOver();
    if (isSaying) {
      player.interrupt();
    }
    told.cancel(cancel, isSaying ? player.turn() : 0);
  }

  /// What follows from all that is known. Called after every input.
  private void proceed() {
    turnTaking.reconsider();
    player.pump();
    if (hasCaughtUp && !isDisclosureToCome()) {
      telling.turnsOver(player);
    }
    Next next = player.heardToItsEnd();
    boolean isFarewell = next == Next.HANG_UP || next == Next.TRANSFER;
    boolean isQuiet = player.isOver() && line.isOpen() && !turnTaking.isCallersTurn();
    if (isFarewell && turnTaking.isDone() && line.isOpen()) {
      hangUp(next == Next.TRANSFER ? CallEnd.TRANSFERRED : CallEnd.COMPLETED);
    } else if (isOverdue && isQuiet) {
      hangUp(CallEnd.COMPLETED);
    } else {
      silence.quiet(isQuiet && !isFarewell && player.turn() > 0);
    }
  }

  /// A greeting that was broken off is not over before its disclosure was heard, though that is
  /// still to be spoken.
  private boolean isDisclosureToCome() {
    boolean isToDisclose = call.agent().agent().greeting().isUninterruptible();
    return isToDisclose && !told.isTakeover() && player.isToDisclose();
  }

  private void due(String key) {
    switch (key) {
      case PlaybackTimers.PATIENCE -> player.patienceIsOver();
      case SilenceWatch.TIMER -> silence.due(player.turn());
      case GRACE -> lost();
      case CATCH_UP -> caughtUp();
      case LIMIT -> {
        isOverdue = true;
        effects.timer(LAST_LIMIT, OVERTIME);
      }
      case LAST_LIMIT -> hangUp(CallEnd.COMPLETED);
      case PlaybackTimers.PACE -> {}
      default -> turnTaking.due(key);
    }
  }

  // The caller's stream.

  private void attached(CallEvent.Attached attached) {
    if (attached.attach() > line.attach()) {
      if (line.attach() > 0) {
        player.streamLost();
      }
      line.to(attached);
    }
  }

  private void detached(CallEvent.Detached detached) {
    player.streamLost();
    line.lost();
    if (detached.isHangUp()) {
      end(CallEnd.HUNG_UP);
    } else if (detached.reason().equals(CallEnd.AGENT_HUNG_UP)) {
      end(isTransfer ? CallEnd.TRANSFERRED : CallEnd.COMPLETED);
    } else {
      effects.timer(GRACE, config.reconnectGrace());
    }
  }

  private void lost() {
    Next next = player.heardToItsEnd();
    if (next == Next.HANG_UP || next == Next.TRANSFER) {
      end(next == Next.TRANSFER ? CallEnd.TRANSFERRED : CallEnd.COMPLETED);
    } else {
      player.streamLost();
      end(CallEnd.LOST);
    }
  }

  /// The record goes before the command: by it the carrier is told what comes next.
  private void hangUp(String reason) {
    end(reason, line.isOpen());
  }

  private void end(String reason) {
    end(reason, false);
  }

  private void end(String reason, boolean isToHangUp) {
    isEnded = true;
    metrics.ended(reason);
    effects.emit(new CallEvent.Ended(call.id(), effects.now(), reason));
    if (isToHangUp) {
      line.hangUp();
    }
    line.leave();
    effects.end();
  }

  // The ingress node.

  private void external(Object message) {
    switch (message) {
      case IngressNodes.Link.Up up -> line.linkUp(up.mediaPort());
      case IngressNodes.Link.Down down -> {
        if (line.linkDown(down.mediaPort())) {
          player.nodeOutOfReach();
          effects.timer(GRACE, config.reconnectGrace());
        }
      }
      case MediaFrame.Accepted accepted when line.isAnswer(accepted) -> accepted(accepted);
      case MediaFrame.Played played -> player.markReturned(played.name());
      case MediaFrame.Truncated stop when stop.attach() == line.attach() ->
          ChunkName.parse(stop.chunk()).ifPresent(chunk -> player.truncated(chunk, stop.ms()));
      case MediaFrame.Refused refused when refused.epoch() == line.epoch() -> line.superseded();
      case MediaFrame.Gone gone when gone.epoch() == line.epoch() -> gone();
      default -> {}
    }
  }

  private void accepted(MediaFrame.Accepted accepted) {
    if (accepted.attach() > line.attach()) {
      player.streamLost();
    }
    line.accepted(accepted.attach());
    player.accepted(accepted.lastChunk(), accepted.outstandingMarks());
    telling.lineIsOpen();
    effects.cancelTimer(GRACE);
    caughtUp();
  }

  private void gone() {
    if (line.isOpen() || line.isOpening()) {
      player.streamLost();
      line.lost();
      effects.timer(GRACE, config.reconnectGrace());
    }
    caughtUp();
  }

  // Taking over from another egress.

  private void own(VoxEvent event) {
    switch (event) {
      case CallEvent.Playing playing -> player.playedBefore(playing.turn());
      case CallEvent.Heard heard -> {
        told.note(heard);
        if (heard.isWhole()) {
          player.heardBefore(heard.turn(), heard.sentence());
        }
      }
      case CallEvent.Verdict verdict -> {
        told.note(verdict);
        if (verdict.ruling() == CallEvent.Ruling.INTERRUPTED) {
          player.brokenOff(verdict.turn());
        }
        turnTaking.judged(verdict.utterance());
      }
      case CallEvent.Cancelled cancelled -> {
        told.note(cancelled);
        player.brokenOff(cancelled.turn());
      }
      case CallEvent.Silence before -> silence.note(before);
      default -> {}
    }
  }

  /// Until the node says what the caller has been sent, nothing is judged: what the inputs tell may
  /// long be over.
  private void restored() {
    told.takenOver();
    hasCaughtUp = false;
    Optional.ofNullable(call.attached()).ifPresent(this::attached);
    effects.timer(CATCH_UP, CATCH_UP_PATIENCE);
  }

  private void caughtUp() {
    if (!hasCaughtUp) {
      hasCaughtUp = true;
      effects.cancelTimer(CATCH_UP);
      while (!deferred.isEmpty() && !isEnded) {
        logged(deferred.remove());
        proceed();
      }
    }
  }

  @Override
  public void close() {
    line.leave();
  }

  // Checkpoints.

  @Override
  public boolean atRest() {
    return player.isOver() && turnTaking.isSettled() && deferred.isEmpty();
  }

  @Override
  public AudioBytes state() {
    long elapsedMs = elapsedBeforeMs + Duration.between(openedAt, effects.now()).toMillis();
    TurnTaking.Kept kept = turnTaking.kept();
    return new PlaybackState(
            player.turn(), silence.told(), elapsedMs, kept.latest(), kept.answerAbove())
        .bytes();
  }
}
