package dev.voxlog.tts;

import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Effects.Urgency;
import dev.voxlog.runtime.Input;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.tts.text.SpokenClause;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One call's mouth: sentences in order, each clause by clause, as fast as the engine allows;
/// playback paces them.
///
/// At most one clause is at the engine. A higher turn drops what has not been said, and so does
/// word that this one was interrupted or cancelled; a disclosure is said all the same.
final class TtsStep implements CallStep {
  private static final String CLAUSE = "clause";

  private final CallView call;
  private final Effects effects;
  private final TtsConfig config;
  private final TtsMetrics metrics;
  private final List<ClauseSpeaker> voices;
  private final WrittenChunks written = new WrittenChunks();
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  private int turn;
  private int sentencesTaken;
  private int interruptedTurn;
  private boolean isTurnSpoken;

  private int voice;
  private boolean hasSpoken;
  private TurnEvent.@Nullable TurnEnded ended;
  private @Nullable SentenceSpeech speech;
  private Instant speechSince = Instant.EPOCH;
  private @Nullable AtEngine atEngine;

  /// A sentence that waits for those before it.
  private record Waiting(TurnEvent.Sentence sentence, Instant since) {}

  /// The clause being synthesised.
  private record AtEngine(Codec codec, StopSignal stop) {}

  /// `voices`: the agent's own first, then those that take over when it fails.
  TtsStep(
      CallView call,
      @Nullable AudioBytes state,
      Effects effects,
      TtsWorker.Mouth mouth,
      List<ClauseSpeaker> voices) {
    this.call = call;
    this.effects = effects;
    this.config = mouth.config();
    this.metrics = mouth.metrics();
    this.voices = voices;
    if (state != null) {
      ByteBuffer bytes = state.buffer();
      turn = bytes.getInt();
      sentencesTaken = bytes.getInt();
      interruptedTurn = bytes.getInt();
      isTurnSpoken = bytes.get() != 0;
    }
  }

  @Override
  public void on(Input input) {
    switch (input) {
      case Input.Own(AgentAudio.Chunk chunk) -> written.note(chunk);
      case Input.Restored() -> begin(written.turn());
      case Input.Logged(TurnEvent.Sentence sentence, _) -> sentence(sentence);
      case Input.Logged(TurnEvent.TurnEnded end, _) -> turnEnded(end);
      case Input.Logged(CallEvent.Verdict verdict, _) when isInterruption(verdict) ->
          brokenOff(verdict.turn());
      case Input.Logged(CallEvent.Cancelled cancelled, _) -> brokenOff(cancelled.turn());
      case Input.Answered(_, Spoken spoken) -> said(spoken);
      case Input.Failed(_, Throwable cause) -> failed(cause);
      default -> {}
    }
    goOn();
  }

  // What comes in.

  private void sentence(TurnEvent.Sentence sentence) {
    begin(sentence.turn());
    if (sentence.turn() < turn || sentence.sentence() < sentencesTaken) {
      return;
    }
    sentencesTaken = sentence.sentence() + 1;
    if (!isDropped(sentence) && !written.isWhole(turn, sentence.sentence())) {
      waiting.add(new Waiting(sentence, effects.now()));
    }
  }

  private void turnEnded(TurnEvent.TurnEnded end) {
    begin(end.turn());
    if (end.turn() == turn && !isTurnSpoken) {
      ended = end;
    }
  }

  /// A higher turn supersedes the one being spoken.
  private void begin(int newTurn) {
    if (newTurn <= turn) {
      return;
    }
    stop();
    waiting.clear();
    turn = newTurn;
    sentencesTaken = 0;
    isTurnSpoken = false;
    hasSpoken = false;
    voice = 0;
    ended = null;
  }

  private static boolean isInterruption(CallEvent.Verdict verdict) {
    return verdict.ruling() == CallEvent.Ruling.INTERRUPTED;
  }

  private void brokenOff(int brokenTurn) {
    interruptedTurn = Math.max(interruptedTurn, brokenTurn);
    waiting.removeIf(each -> isDropped(each.sentence()));
    if (speech != null && isDropped(speech.sentence())) {
      stop();
    }
  }

  private boolean isDropped(TurnEvent.Sentence sentence) {
    return sentence.turn() <= interruptedTurn && sentence.isInterruptible();
  }

  private void stop() {
    speech = null;
    if (atEngine != null) {
      effects.cancel(CLAUSE);
      atEngine.stop().stop();
      atEngine = null;
    }
  }

  // Speaking.

  /// Says what can be said now: cached clauses at once, the first other one by the engine.
  private void goOn() {
    Codec codec = codec();
    while (codec != null && atEngine == null) {
      SentenceSpeech open = speech != null ? speech : nextSentence(codec);
      if (open == null) {
        endTurn();
        return;
      }
      SpokenClause clause = open.next();
      if (clause == null) {
        speech = null;
        continue;
      }
      Optional<Spoken> cached = speaker().cached(clause, codec.sampleRate());
      if (cached.isPresent()) {
        write(open, cached.get(), codec);
      } else {
        ask(clause, codec);
      }
    }
  }

  /// The call's codec, null before the caller is attached.
  private @Nullable Codec codec() {
    CallEvent.Attached attached = call.attached();
    return attached == null
        ? null
        : attached.codec() == Codec.UNKNOWN ? Codec.MULAW_8K : attached.codec();
  }

  private @Nullable SentenceSpeech nextSentence(Codec codec) {
    while (!waiting.isEmpty()) {
      Waiting next = waiting.remove();
      Instant now = effects.now();
      // A sentence that waited for the one before it is timed from when its turn came.
      speechSince = hasSpoken ? now : next.since();
      TurnEvent.Sentence sentence = next.sentence();
      List<SpokenClause> clauses = speaker().clauses(sentence.text());
      SentenceSpeech open =
          new SentenceSpeech(
              sentence, clauses, config.chunk(), written.of(sentence.turn(), sentence.sentence()));
      if (!clauses.isEmpty()) {
        speech = open;
        return open;
      }
      effects.error(
          "unspeakable sentence", "turn " + sentence.turn() + " sentence " + sentence.sentence());
      effects.emit(open.failure(codec, now));
    }
    return null;
  }

  private void ask(SpokenClause clause, Codec codec) {
    StopSignal stop = new StopSignal();
    ClauseSpeaker speaker = speaker();
    atEngine = new AtEngine(codec, stop);
    effects.ask(
        CLAUSE,
        hasSpoken ? Urgency.NORMAL : Urgency.FIRST_CLAUSE,
        _ -> speaker.speak(clause, codec.sampleRate(), stop));
  }

  private void said(Spoken spoken) {
    if (atEngine != null && speech != null) {
      Codec codec = atEngine.codec();
      atEngine = null;
      write(speech, spoken, codec);
    }
  }

  private void write(SentenceSpeech open, Spoken spoken, Codec codec) {
    Instant now = effects.now();
    ClauseSpeaker speaker = speaker();
    List<AgentAudio.Chunk> chunks = open.said(spoken, codec, now, speaker::clauses);
    if (!chunks.isEmpty() && chunks.getFirst().chunk() == 0) {
      metrics.firstChunk(speaker.traits(), speechSince, now);
    }
    chunks.forEach(effects::emit);
    hasSpoken = true;
  }

  /// Another voice says the clause and the rest of the turn; without one the sentence ends here and
  /// the turn goes on.
  private void failed(Throwable cause) {
    if (atEngine == null || speech == null) {
      return;
    }
    Codec codec = atEngine.codec();
    atEngine = null;
    effects.error(
        "speech failed", speaker().traits().engine() + ": " + cause.getClass().getSimpleName());
    if (voice + 1 < voices.size()) {
      voice++;
      return;
    }
    effects.emit(speech.failure(codec, effects.now()));
    speech = null;
    voice = 0;
  }

  private void endTurn() {
    if (ended != null && turn > interruptedTurn) {
      effects.emit(
          new AgentAudio.TurnSpoken(
              call.id(), effects.now(), turn, ended.sentences(), ended.next()));
      isTurnSpoken = true;
    }
    ended = null;
  }

  private ClauseSpeaker speaker() {
    return voices.get(voice);
  }

  // Rest.

  @Override
  public boolean atRest() {
    return speech == null
        && waiting.isEmpty()
        && (turn == 0 || isTurnSpoken || interruptedTurn >= turn);
  }

  @Override
  public AudioBytes state() {
    ByteBuffer bytes = ByteBuffer.allocate(3 * Integer.BYTES + 1);
    bytes
        .putInt(turn)
        .putInt(sentencesTaken)
        .putInt(interruptedTurn)
        .put((byte) (isTurnSpoken ? 1 : 0));
    return AudioBytes.wrap(bytes.array());
  }

  @Override
  public void close() {
    stop();
  }
}
