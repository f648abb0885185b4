package dev.voxlog.egress;

import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.AgentAudio.Chunk;
import dev.voxlog.schemas.AgentAudio.TurnSpoken;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Evidence;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.TurnEvent.Next;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What one caller hears of the agent: sentences in order, sent a little ahead, marked, and told as
/// heard.
///
/// While held, nothing is sent; what the caller has not heard waits to be resumed or dropped.
final class Player {
  /// Less than this is over before anything could be done about it.
  private static final long NEARLY_OVER_MS = 60;

  private static final long LAST_WORDS_MS = 700;

  private final CallId call;
  private final Effects effects;
  private final EgressConfig config;
  private final Line line;
  private final Told told;
  private final EgressMetrics.OfCall metrics;
  private final Script script;
  private final CarrierBuffer buffer = new CarrierBuffer();
  private final PlaybackTimers timers;
  private final Telling telling;
  private final LastSent lastSent = new LastSent();
  private Predicate<SpokenSentence> gate = _ -> true;
  private @Nullable Inheritance inheritance;
  private @Nullable ChunkName playedThrough;
  private int run;
  private long sinceMarkMs;
  private boolean isHeld;

  Player(CallId call, Effects effects, EgressConfig config, Surroundings around, int doneThrough) {
    this.call = call;
    this.effects = effects;
    this.config = config;
    this.line = around.line();
    this.told = around.told();
    this.metrics = around.metrics();
    this.telling = around.telling();
    this.timers = new PlaybackTimers(effects, config, buffer);
    this.script = new Script(doneThrough);
  }

  /// What the player works with.
  record Surroundings(Line line, Told told, Telling telling, EgressMetrics.OfCall metrics) {}

  /// Which sentences may be played now; ask for a [#pump] when that changes.
  void gate(Predicate<SpokenSentence> mayPlay) {
    gate = mayPlay;
  }

  // What the agent says.

  void take(Chunk chunk) {
    if (script.isNewTurn(chunk.turn())) {
      begin(chunk.turn());
    }
    SpokenSentence sentence = script.sentence(chunk);
    if (sentence == null || !sentence.add(chunk)) {
      return;
    }
    metrics.came(chunk, effects.now());
    told.resume(sentence);
    if (inheritance != null) {
      inherit(sentence, inheritance);
    }
  }

  private void begin(int turn) {
    script.begin(turn);
    dropUnsent();
    clearDropped();
  }

  void take(TurnSpoken spoken) {
    if (script.isNewTurn(spoken.turn())) {
      begin(spoken.turn());
    }
    script.end(spoken);
  }

  // Sending.

  /// Sends as far ahead as it may. Called after everything that could let more be sent.
  void pump() {
    Instant now = effects.now();
    while (line.isOpen() && !isHeld && buffer.remainingMs(now) < config.lead().toMillis()) {
      SpokenSentence sentence = script.toSend();
      if (sentence == null || !gate.test(sentence)) {
        break;
      }
      send(sentence.next(), now);
    }
    timers.watch(line.isOpen() && !isHeld && script.toSend() != null);
  }

  private void send(Piece piece, Instant now) {
    SpokenSentence sentence = piece.sentence();
    if (piece.audio().length() > 0) {
      telling.begins(sentence, script);
      line.audio(piece.name(), piece.audio());
      if (sentence.tellPlaying()) {
        metrics.playing(sentence, buffer.isEmpty(), now);
        effects.emit(new CallEvent.Playing(call, now, sentence.turn(), sentence.number()));
      }
    }
    buffer.sent(piece, now);
    if (line.takesEvents()) {
      lastSent.add(piece);
    }
    sinceMarkMs += piece.durationMs();
    if (piece.isSentenceEnd() || sinceMarkMs >= config.markEvery().toMillis()) {
      mark(piece.name());
    }
  }

  private void mark(ChunkName after) {
    String name = new MarkName(line.epoch(), run, after).toString();
    buffer.marked(name, after);
    line.mark(name);
    sinceMarkMs = 0;
  }

  // What the caller has heard.

  /// A mark came back, by whichever way.
  void markReturned(String name) {
    ChunkName chunk = buffer.markReturned(name);
    if (chunk == null) {
      return;
    }
    if (playedThrough == null || chunk.isAfter(playedThrough)) {
      playedThrough = chunk;
    }
    buffer.playedThrough(chunk, effects.now()).forEach(piece -> played(piece, Evidence.ACKED));
    forgetPlayed();
    clearDropped();
  }

  /// The carrier has not returned its marks: the clock must do.
  void patienceIsOver() {
    timers.patienceIsOver();
    buffer.reckonedPlayed(effects.now()).forEach(piece -> played(piece, Evidence.ESTIMATED));
    forgetPlayed();
    clearDropped();
  }

  private void forgetPlayed() {
    if (buffer.isEmpty() && !isHeld) {
      lastSent.played();
    }
  }

  private void played(Piece piece, Evidence evidence) {
    SpokenSentence sentence = piece.sentence();
    sentence.heardUntil(piece.toMs());
    if (!piece.isSentenceEnd()) {
      return;
    }
    script.settle(sentence);
    told.heard(sentence, sentence.durationMs(), !sentence.isFailed(), evidence);
  }

  /// Whether the caller hears the agent at this moment.
  boolean isAudible() {
    return buffer.remainingMs(effects.now()) > NEARLY_OVER_MS;
  }

  /// Whether what the caller hears at this moment must be heard to its end.
  boolean isUninterruptible() {
    CarrierBuffer.Position position = buffer.position(effects.now());
    return position != null && !position.piece().sentence().isInterruptible();
  }

  // Taking it back.

  /// Stops the caller's hearing at once; what was not heard is kept.
  void hold() {
    isHeld = true;
    clear();
  }

  boolean isHeld() {
    return isHeld;
  }

  /// Goes on where the caller stopped hearing.
  void resume() {
    isHeld = false;
  }

  /// What was not heard of the agent's turns so far will not be, but for what must be.
  void interrupt() {
    script.kill(script.turn());
    script.dropInterruptible();
    dropUnsent();
    clearDropped();
    isHeld = false;
  }

  /// The caller's program says how far it had played when it was told to stop.
  void truncated(ChunkName chunk, long ms) {
    for (LastSent.Stop stop : lastSent.stops(chunk, ms)) {
      SpokenSentence sentence = stop.sentence();
      told.correct(sentence, stop.ms(), stop.isWhole());
      if (isHeld) {
        sentence.resumeFrom(stop.ms());
      }
    }
  }

  /// The ingress node cannot be reached; its stream may be there or not.
  void nodeOutOfReach() {
    buffer.outOfReach(effects.now());
  }

  /// The caller's stream is gone, and with it what was in the carrier's buffer.
  void streamLost() {
    inheritance = null;
    telling.streamLost();
    buffer.stopped(effects.now());
    cut();
  }

  private void clear() {
    if (!buffer.isEmpty()) {
      cut();
      if (line.isOpen()) {
        line.clear();
      }
    }
  }

  /// Reckons what was heard of what was sent, and has the rest sent again.
  private void cut() {
    Instant now = effects.now();
    CarrierBuffer.Position position = buffer.position(now);
    buffer.reckonedPlayed(now).forEach(piece -> played(piece, Evidence.ESTIMATED));
    List<Piece> unheard = buffer.clear();
    for (Piece piece : unheard.reversed()) {
      piece.sentence().rewind(piece.fromMs());
    }
    if (position != null && !unheard.isEmpty()) {
      SpokenSentence sentence = position.piece().sentence();
      sentence.resumeFrom(position.ms());
      sentence.heardUntil(position.ms());
      told.heard(sentence, position.ms(), false, Evidence.ESTIMATED);
    }
    lastSent.cut();
    run++;
    sinceMarkMs = 0;
  }

  /// Sentences that nobody is to hear and of which nothing is on its way are over.
  private void dropUnsent() {
    List<Piece> sent = buffer.pieces();
    for (SpokenSentence sentence : script.sentences()) {
      if (sentence.isDropped() && sent.stream().noneMatch(piece -> piece.sentence() == sentence)) {
        script.settle(sentence);
      }
    }
  }

  /// Takes back what is on its way of dropped sentences, once the caller hears none that must be
  /// heard whole.
  private void clearDropped() {
    boolean isDroppedSent =
        buffer.pieces().stream().anyMatch(piece -> piece.sentence().isDropped());
    if (isDroppedSent && !isUninterruptible()) {
      clear();
      dropUnsent();
    }
  }

  // Another egress, or this one before the connection broke, has played before.

  /// The node says up to where it has taken audio, and which marks are still to come back.
  void accepted(String lastChunk, List<String> outstanding) {
    buffer.inReach();
    ChunkName last = ChunkName.parse(lastChunk).orElse(null);
    if (last == null) {
      sendAgain(buffer.clear());
    } else if (told.isTakeover()
        && playedThrough == null
        && buffer.isEmpty()
        && inheritance == null) {
      Inheritance inherited = Inheritance.of(last, outstanding);
      inheritance = inherited;
      inherited.marks().forEach(buffer::marked);
      script.sentences().forEach(sentence -> inherit(sentence, inherited));
      mark(last);
    } else {
      sendAgain(buffer.lostAfter(last));
      run++;
      mark(last);
    }
  }

  private void sendAgain(List<Piece> lost) {
    lost.reversed().forEach(piece -> piece.sentence().rewind(piece.fromMs()));
    lost.stream()
        .map(Piece::sentence)
        .filter(sentence -> !sentence.isDropped())
        .findFirst()
        .ifPresent(telling::goesBackTo);
  }

  private void inherit(SpokenSentence sentence, Inheritance from) {
    if (!sentence.isUpTo(from.last())) {
      return;
    }
    sentence.playsOn();
    telling.hasBegun(sentence);
    if (sentence.tellPlaying()) {
      effects.emit(new CallEvent.Playing(call, effects.now(), sentence.turn(), sentence.number()));
    }
    while (sentence.hasNextUpTo(from.last())) {
      Piece piece = sentence.next();
      boolean isPlayed = playedThrough != null && !piece.name().isAfter(playedThrough);
      buffer.inherited(piece, isPlayed || from.isPlayed(piece.name()), effects.now());
      if (isPlayed) {
        buffer
            .playedThrough(piece.name(), effects.now())
            .forEach(each -> played(each, Evidence.ACKED));
      }
    }
  }

  // Where the turn stands.

  int turn() {
    return script.turn();
  }

  /// How the last turn goes on, once it has been heard to its end; null before, and for one that
  /// was broken off.
  @Nullable Next heardToItsEnd() {
    return script.heardToItsEnd();
  }

  /// The greeting was broken off before anything was there of it that must be heard whole.
  boolean isToDisclose() {
    return script.turn() == 1 && script.isDead() && !script.hasDisclosed();
  }

  /// No more of the turn, which is the last one or one before, is to be heard.
  boolean isOver(int turn) {
    return script.isOver(turn);
  }

  /// The call ends with what is being said.
  boolean isClosing() {
    return script.next() == Next.HANG_UP || script.next() == Next.TRANSFER;
  }

  /// So little is left of the turn, and the caller is asked to speak then, that words over it
  /// answer it.
  boolean isNearlyHeard() {
    long left =
        script.sentences().stream()
            .mapToLong(sentence -> sentence.durationMs() - sentence.heardMs())
            .sum();
    return script.next() == Next.LISTEN && left <= LAST_WORDS_MS;
  }

  /// Nothing more is to be heard.
  boolean isOver() {
    return !isHeld && script.isOver() && buffer.isEmpty();
  }

  /// A predecessor's records tell that turns up to this one were broken off.
  void brokenOff(int through) {
    script.kill(through);
  }

  void heardBefore(int turn, int sentence) {
    script.settle(turn, sentence);
  }

  void playedBefore(int turn) {
    if (script.isNewTurn(turn)) {
      script.begin(turn);
    }
  }
}
