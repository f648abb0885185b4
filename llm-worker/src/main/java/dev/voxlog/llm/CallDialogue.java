package dev.voxlog.llm;

import dev.voxlog.agent.Agent;
import dev.voxlog.agent.Intent;
import dev.voxlog.agent.Slot;
import dev.voxlog.llm.dialogue.Dialogue;
import dev.voxlog.llm.dialogue.Part;
import dev.voxlog.llm.dialogue.Said;
import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Input;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.Understanding.Understood;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.text.Masker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One call's dialogue: which understandings, verdicts, keys and silences make a turn, and when.
final class CallDialogue implements CallStep {
  private static final String KEYS = "keys";
  private static final String REPLAY = "replay";
  private static final String LIMIT = "limit";

  /// So long before the call has lasted its time the goodbye begins, for playback ends a quiet call
  /// then, but not one in which the agent speaks.
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final Effects effects;
  private final LlmConfig config;
  private final Agent agent;
  private final OwnLog own = new OwnLog();
  private final Utterances utterances;
  private final Turns turns;
  private final Keys keys = new Keys();
  private final Masker masker;
  private final Deque<CallEvent> held = new ArrayDeque<>();
  private final Instant openedAt;
  private final long elapsedBeforeMs;
  private boolean isTimeUp;

  CallDialogue(CallView call, Effects effects, LlmWorker.Surroundings around, CallState state) {
    this.effects = effects;
    this.config = around.config();
    this.agent = call.agent().agent();
    this.masker = new Masker(agent);
    boolean isOnRequest = call.started().settings().turnDetection().isAnsweredOnRequest();
    this.utterances = new Utterances(state.utterances(), isOnRequest);
    this.turns = new Turns(call, effects, around, own, state);
    this.openedAt = effects.now();
    this.elapsedBeforeMs = state.elapsedMs();
    long leftMs = agent.limits().maxCallDuration().minus(FAREWELL).toMillis() - elapsedBeforeMs;
    effects.timer(LIMIT, Duration.ofMillis(Math.max(0, leftMs)));
  }

  @Override
  public void on(Input input) {
    switch (input) {
      case Input.Logged(VoxEvent event, long _) -> logged(event);
      case Input.Own(VoxEvent event) -> own.note(event);
      case Input.Restored _ -> effects.timer(REPLAY, config.replayWait());
      case Input.Answered(String key, Object value) -> turns.answered(key, value);
      case Input.Failed(String key, Throwable cause) -> turns.failed(key, cause);
      case Input.TimerDue(String key) -> due(key);
      case Input.External _ -> {}
    }
    if (isTimeUp) {
      part();
    }
  }

  private void logged(VoxEvent event) {
    switch (event) {
      case Understood understood when understood.isFinal() -> {
        utterances.understood(understood.utterance(), Said.of(understood));
        answerReady();
      }
      case CallEvent.Attached _ when turns.number() == 0 -> {
        turns.greet();
        answerReady();
      }
      case CallEvent.Verdict verdict -> ruled(verdict);
      case CallEvent.Asked request -> {
        utterances.asked(request);
        answerReady();
      }
      case CallEvent.Cancelled cancelled -> turns.cancelled(cancelled.turn());
      case CallEvent.Playing playing -> turns.heard(playing.turn(), playing.sentence());
      case CallEvent.Heard heard -> heard(heard);
      case CallEvent.Dtmf key -> next(key);
      case CallEvent.Silence silence -> next(silence);
      default -> {}
    }
  }

  private void heard(CallEvent.Heard heard) {
    turns.history().heard(heard);
    if (!heard.text().isBlank()) {
      turns.heard(heard.turn(), heard.sentence());
    }
  }

  private void ruled(CallEvent.Verdict verdict) {
    utterances.ruled(verdict);
    if (verdict.ruling() == Ruling.INTERRUPTED) {
      turns.interrupted(verdict.turn());
    }
    answerReady();
  }

  // From utterances to turns.

  private void answerReady() {
    List<Integer> ready = utterances.ready();
    if (ready.isEmpty() || turns.number() == 0) {
      return;
    }
    Map.Entry<Integer, List<Integer>> written = own.after(turns.number()).orElse(null);
    if (written == null) {
      turns.answer(nextNumber(), take(ready), turns.isStillUnheard());
    } else {
      answerAsWritten(ready, written.getKey(), written.getValue());
    }
  }

  /// A predecessor has answered some of these: the same ones are answered together again.
  private void answerAsWritten(List<Integer> ready, int number, List<Integer> together) {
    List<Integer> before = turns.answered();
    List<Integer> missing = together.stream().filter(each -> !before.contains(each)).toList();
    if (missing.isEmpty() || !ready.containsAll(missing)) {
      return;
    }
    turns.answer(number, take(missing), together.size() > missing.size());
    goOn();
    answerReady();
  }

  private List<Said> take(List<Integer> those) {
    return those.stream().map(utterances::take).toList();
  }

  private int nextNumber() {
    return Math.max(turns.number(), own.highest()) + 1;
  }

  // What makes a turn without an utterance.

  private void next(CallEvent event) {
    held.add(event);
    goOn();
  }

  /// Takes up keys and silences in order; after a takeover each when the predecessor's turn that it
  /// led to comes next.
  private void goOn() {
    while (!held.isEmpty() && isNext(held.element())) {
      switch (held.remove()) {
        case CallEvent.Dtmf key -> pressed(key.digit());
        case CallEvent.Silence silence when isToBeBroken(silence) ->
            answer(new Part.Silent(silence.n()));
        default -> {}
      }
    }
  }

  /// Not one from before the latest turn, nor the first after the caller asked for a moment.
  private boolean isToBeBroken(CallEvent.Silence silence) {
    boolean isGranted = turns.memory().holdsOn() && silence.n() == 1;
    return silence.turn() == turns.number() && !turns.isOpen() && !isGranted;
  }

  private boolean isNext(CallEvent event) {
    List<Integer> written = own.after(turns.number()).map(Map.Entry::getValue).orElse(null);
    if (written == null) {
      return true;
    }
    return event instanceof CallEvent.Silence silence
        ? silence.turn() < turns.number()
            || silence.turn() == turns.number()
                && written.equals(turns.isOwedAnAnswer() ? turns.answered() : List.of())
        : written.isEmpty();
  }

  /// An answer that the caller cut off before hearing any of it comes before any re-prompt.
  private void answer(Part part) {
    boolean isOwed = part instanceof Part.Silent && turns.isOwedAnAnswer();
    int number = own.after(turns.number()).map(Map.Entry::getKey).orElseGet(this::nextNumber);
    turns.answer(number, isOwed ? List.of() : List.of(part), isOwed);
    answerReady();
  }

  /// Says goodbye once neither side is speaking; what is said meanwhile has a goodbye for its
  /// answer.
  private void part() {
    Map.Entry<Integer, List<Integer>> written = own.after(turns.number()).orElse(null);
    boolean isItsTurn =
        written == null
            ? !own.isLeftAfter(turns.number())
            : written.getValue().isEmpty() && own.isFarewell(written.getKey());
    if (isItsTurn && turns.isCallersTurn() && keys.isEmpty() && !utterances.isMoreToCome()) {
      turns.answer(written == null ? nextNumber() : written.getKey(), List.of(), false);
    }
  }

  // Keys.

  private void pressed(String told) {
    String key = keys.alone(told);
    boolean isBusy = turns.isOpen() && !turns.isHeldBack();
    Optional<Slot> slot = isBusy ? Optional.empty() : Dialogue.keyedSlot(turns.memory(), agent);
    switch (keys.press(key, slot.isPresent(), slot.map(Slot::exactLength).orElse(0))) {
      case MORE -> effects.timer(KEYS, config.keysEndAfter());
      case WHOLE -> typed();
      case NONE -> {
        Intent meant = agent.intentOfKey(key).orElse(null);
        if (meant != null) {
          wish(meant);
        }
      }
    }
  }

  /// A single key that cannot be what was asked for is taken for what it means elsewhere: zero is
  /// still the way to a person.
  private void typed() {
    effects.cancelTimer(KEYS);
    String digits = keys.take();
    boolean isValue =
        Dialogue.keyedSlot(turns.memory(), agent)
            .filter(slot -> Keys.areTold(digits) && slot.fits(digits) && !isCard(slot, digits))
            .isPresent();
    @Nullable Intent meant = isValue ? null : agent.intentOfKey(digits).orElse(null);
    if (meant != null) {
      wish(meant);
    } else if (!digits.isEmpty()) {
      answer(new Part.Keyed(isValue ? digits : ""));
    }
  }

  private boolean isCard(Slot slot, String digits) {
    return masker.isCard(digits, masker.awaited(slot));
  }

  private void wish(Intent meant) {
    keys.take();
    effects.cancelTimer(KEYS);
    answer(Said.wish(meant.name()));
  }

  private void due(String key) {
    switch (key) {
      case KEYS -> typed();
      case LIMIT -> {
        isTimeUp = true;
        turns.timeIsUp();
      }
      case Turns.GOES_ON -> {
        // Who types says the rest by keys.
        if (keys.isEmpty()) {
          turns.goesOn(utterances.isMoreToCome());
        }
      }
      case REPLAY -> {
        own.release();
        goOn();
        answerReady();
      }
      default -> turns.due(key);
    }
  }

  @Override
  public void close() {
    turns.release();
  }

  // Checkpoints.

  @Override
  public boolean atRest() {
    return turns.atRest()
        && held.isEmpty()
        && keys.isEmpty()
        && own.after(turns.number()).isEmpty();
  }

  @Override
  public AudioBytes state() {
    long elapsedMs = elapsedBeforeMs + Duration.between(openedAt, effects.now()).toMillis();
    return turns.state(utterances.kept(), elapsedMs).bytes();
  }
}
