package dev.voxlog.nlu;

import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Input;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.Understanding;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call's understanding: no state between utterances, so nothing to remember but what is being
/// worked on.
///
/// What is understood of an interim is told as provisional, as a help to later stages: it may be
/// missing, and is never told once the final words are there.
final class NluStep implements CallStep {
  private static final String LEARNT = "learnt";
  private static final String AHEAD = "ahead";

  private final NluWorker worker;
  private final CallView call;
  private final Effects effects;
  private final Map<String, TranscriptEvent.Final> open = new LinkedHashMap<>();
  private @Nullable SpokenSoFar spoken;
  private TranscriptEvent.@Nullable Interim settled;
  private int lastTold;
  private @Nullable AgentUnderstanding understanding;
  private boolean isLearning;

  NluStep(NluWorker worker, CallView call, Effects effects) {
    this.worker = worker;
    this.call = call;
    this.effects = effects;
    learn();
  }

  private void learn() {
    isLearning = true;
    effects.await(LEARNT, worker.learn(call.agent()));
  }

  @Override
  public void on(Input input) {
    switch (input) {
      case Input.Logged(TranscriptEvent.SpeechStarted begun, _) -> spoken = new SpokenSoFar(begun);
      case Input.Logged(TranscriptEvent.Interim interim, _) -> hears(interim);
      case Input.Logged(TranscriptEvent.Final said, _) -> heard(said);
      case Input.Logged(TranscriptEvent.SpeechEnded _, _) -> forgetInterims();
      case Input.Answered(String key, AgentUnderstanding ready) when key.equals(LEARNT) ->
          ready(ready);
      case Input.Failed(String key, Throwable cause) when key.equals(LEARNT) -> notLearnt(cause);
      case Input.Answered(String key, AgentUnderstanding.Meaning meaning) when key.equals(AHEAD) ->
          understoodAhead(meaning);
      case Input.Failed(String key, _) when key.equals(AHEAD) -> {}
      case Input.Answered(String key, AgentUnderstanding.Meaning meaning) ->
          understood(key, meaning);
      case Input.Failed(String key, Throwable cause) -> failed(key, cause);
      case Input.Own(Understanding.Understood told) when told.isFinal() ->
          lastTold = Math.max(lastTold, told.utterance());
      default -> {}
    }
  }

  // While the caller speaks.

  private void hears(TranscriptEvent.Interim interim) {
    AgentUnderstanding ready = understanding;
    SpokenSoFar speech = spoken;
    boolean isTold = interim.utterance() <= lastTold;
    if (ready != null
        && speech != null
        && !isTold
        && speech.hasSettled(interim)
        && !effects.leavesOut(AHEAD)) {
      settled = interim;
      LocalDateTime now = at(interim.mediaMs());
      AgentUnderstanding.Awaited awaited = awaited();
      effects.ask(
          AHEAD, Effects.Urgency.INTERIM, _ -> ready.understand(interim.text(), now, awaited));
    }
  }

  private void understoodAhead(AgentUnderstanding.Meaning meaning) {
    if (spoken != null && settled != null) {
      effects.emit(
          understood(
              new Spoken(
                  settled.utterance(),
                  settled.revision(),
                  settled.text(),
                  settled.confidence(),
                  spoken.onsetMs(),
                  settled.mediaMs(),
                  settled.mediaMs()),
              meaning));
    }
  }

  private void forgetInterims() {
    spoken = null;
    settled = null;
    effects.cancel(AHEAD);
  }

  // The final words.

  private void heard(TranscriptEvent.Final said) {
    forgetInterims();
    open.put("utterance " + said.utterance(), said);
    if (understanding != null) {
      ask(understanding, said);
    } else if (!isLearning) {
      learn();
    }
  }

  private void ready(AgentUnderstanding ready) {
    isLearning = false;
    understanding = ready;
    open.values().forEach(said -> ask(ready, said));
  }

  /// The next utterance tries again.
  private void notLearnt(Throwable cause) {
    isLearning = false;
    List.copyOf(open.keySet()).forEach(key -> failed(key, cause));
  }

  private void ask(AgentUnderstanding ready, TranscriptEvent.Final said) {
    LocalDateTime now = at(said.mediaMs());
    AgentUnderstanding.Awaited awaited = awaited();
    effects.ask(
        "utterance " + said.utterance(),
        Effects.Urgency.FINAL_DECODE,
        _ -> ready.understand(said.text(), now, awaited));
  }

  /// When it was spoken, by the call's own clock, so that hearing it again gives the same.
  private LocalDateTime at(long mediaMs) {
    ZoneId zone = call.agent().agent().timeZone();
    return LocalDateTime.ofInstant(
        call.started().at().plusMillis(mediaMs), zone == null ? worker.zone() : zone);
  }

  private AgentUnderstanding.Awaited awaited() {
    CallEvent.Expects expects = call.expects();
    return expects == null
        ? AgentUnderstanding.Awaited.ANYTHING
        : new AgentUnderstanding.Awaited(expects.answer(), expects.length());
  }

  private void understood(String key, AgentUnderstanding.Meaning meaning) {
    TranscriptEvent.Final said = open.remove(key);
    if (said != null) {
      worker.understood(meaning.tookMs());
      effects.emit(understood(Spoken.of(said), meaning));
    }
  }

  /// Whatever breaks, the dialogue must not wait for ever: it is told that the utterance was not
  /// understood, with what needs no model.
  private void failed(String key, Throwable cause) {
    TranscriptEvent.Final said = open.remove(key);
    if (said != null) {
      effects.error("not understood", cause.getClass().getSimpleName());
      effects.emit(
          understood(
              Spoken.of(said),
              understanding == null
                  ? AgentUnderstanding.Meaning.NONE
                  : understanding.withoutClassifier(said.text(), at(said.mediaMs()), awaited())));
    }
  }

  /// The words of a transcript, final or not.
  private record Spoken(
      int utterance,
      int revision,
      String text,
      double confidence,
      long onsetMs,
      long endMs,
      long mediaMs) {
    static Spoken of(TranscriptEvent.Final said) {
      return new Spoken(
          said.utterance(),
          Understanding.Understood.FINAL,
          said.text(),
          said.confidence(),
          said.onsetMs(),
          said.endMs(),
          said.mediaMs());
    }
  }

  private Understanding.Understood understood(Spoken words, AgentUnderstanding.Meaning meaning) {
    IntentClassifier.Verdict verdict = meaning.verdict();
    return new Understanding.Understood(
        call.id(),
        effects.now(),
        words.utterance(),
        words.revision(),
        words.text(),
        verdict.intent(),
        verdict.confidence(),
        verdict.alternatives(),
        meaning.entities(),
        meaning.sentiment(),
        meaning.language(),
        words.confidence(),
        words.onsetMs(),
        words.endMs(),
        words.mediaMs());
  }

  @Override
  public boolean atRest() {
    return open.isEmpty();
  }

  @Override
  public AudioBytes state() {
    return AudioBytes.EMPTY;
  }
}
