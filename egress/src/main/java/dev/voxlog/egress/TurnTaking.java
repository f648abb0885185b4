package dev.voxlog.egress;

import dev.voxlog.agent.Interruption;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.CallEvent.Verdict;
import dev.voxlog.schemas.TranscriptEvent.SpeechEnded;
import dev.voxlog.schemas.TranscriptEvent.SpeechStarted;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who has the floor: what the caller's speech does to the agent's, with a verdict on every
/// utterance.
///
/// Voice alone holds the agent's speech; only words end it, since without words there is nothing to
/// answer.
final class TurnTaking {
  static final String HOLD = "hold";
  static final String FALSE_ALARM = "false-alarm";
  static final String START = "start";
  static final String ANSWER = "answer";

  /// Where no answer was awaited when the caller began, a turn that comes between verdict and end
  /// of speech is the answer, read sooner than the end that it answers, for between topics there is
  /// no order; or a re-prompt that crossed the words. A higher one would come within this.
  private static final Duration DOUBT = Duration.ofMillis(300);

  private final CallView call;
  private final Effects effects;
  private final EgressConfig config;
  private final Player player;
  private final Told told;
  private final EgressMetrics.OfCall metrics;
  private Utterance latest = Utterance.NONE;

  /// By utterance, the highest turn there was when a predecessor judged it. What came after may
  /// answer it, in whatever order the topics are read again.
  private final Map<Integer, Integer> turnsBefore = new HashMap<>();

  /// The highest turn there was when the last verdict was given here, not by a predecessor.
  private int turnAtVerdict;

  /// An answer was awaited when the last utterance began.
  private boolean wasOwed;

  /// The last utterance is to be answered by a turn above this one; −1 when it has been, or needs
  /// no answer.
  private int answerAbove = -1;

  private boolean isStartDelayed;
  private boolean isStartDue;
  private boolean isOldEnough;

  /// The last utterance was typed: nothing of it is in doubt.
  private boolean isTyped;

  TurnTaking(
      CallView call,
      Effects effects,
      EgressConfig config,
      Player player,
      Player.Surroundings around) {
    this.call = call;
    this.effects = effects;
    this.config = config;
    this.player = player;
    this.told = around.told();
    this.metrics = around.metrics();
    player.gate(this::mayPlay);
  }

  /// What is kept of it at a checkpoint.
  record Kept(Utterance latest, int answerAbove) {}

  Kept kept() {
    return new Kept(latest, answerAbove);
  }

  void restore(Kept kept) {
    latest = kept.latest();
    answerAbove = kept.answerAbove();
    if (answerAbove >= 0) {
      effects.timer(ANSWER, config.answerWait());
    }
    judged(latest.number());
  }

  /// A predecessor has judged the utterance; tell it what that one told before of turns first.
  void judged(int utterance) {
    turnsBefore.put(utterance, player.turn());
  }

  // The caller's speech.

  void started(SpeechStarted speech) {
    forgetTimers();
    wasOwed = answerAbove >= 0;
    turnsBefore.keySet().removeIf(number -> number < speech.utterance());
    latest = Utterance.begun(speech.utterance(), speech.mediaMs(), ruling(speech.utterance()));
    isStartDelayed = false;
    isStartDue = false;
    isTyped = speech.isTyped();
    long voiced = speech.mediaMs() - speech.onsetMs();
    long missing = isTyped ? 0 : policy().minInterruptionDuration().toMillis() - voiced;
    isOldEnough = missing <= 0;
    if (latest.ruling() == null && isQuiet()) {
      rule(Ruling.CLEAR);
    } else if (latest.ruling() == null && missing > 0) {
      effects.timer(HOLD, Duration.ofMillis(missing));
    }
  }

  private boolean isQuiet() {
    return !player.isHeld() && !player.isAudible();
  }

  private @Nullable Ruling ruling(int utterance) {
    return told.verdict(utterance).map(Verdict::ruling).orElse(null);
  }

  void words(int utterance, String text, long mediaMs) {
    if (utterance == latest.number() && !text.isBlank()) {
      latest = latest.saying(text, mediaMs);
    }
  }

  void ended(SpeechEnded speech) {
    if (speech.utterance() == latest.number()) {
      latest = latest.over(speech.hadWords(), speech.mediaMs());
      effects.cancelTimer(START);
      if (speech.hadWords() && isToBeAnswered()) {
        awaitAnswer();
      }
    }
  }

  void due(String timer) {
    switch (timer) {
      case HOLD -> isOldEnough = true;
      case FALSE_ALARM -> falseAlarm();
      case START -> isStartDue = true;
      case ANSWER -> answerAbove = -1;
      default -> {}
    }
  }

  // What it does to the agent's.

  /// Decides what can be decided by now. Called after everything that could matter to it.
  void reconsider() {
    if (player.turn() > answerAbove && answerAbove >= 0) {
      answered();
    }
    if (latest.number() == 0) {
      return;
    }
    if (latest.ruling() == null) {
      decide();
    } else if (latest.ruling() == Ruling.RESUMED && isOldEnough && areWordsMeant()) {
      interruptUnlessUninterruptible();
    }
  }

  private void decide() {
    boolean isMeant = areWordsMeant() || hasWords() && player.isNearlyHeard();
    if (isQuiet()) {
      // What the caller spoke over has been heard to its end meanwhile.
      rule(Ruling.CLEAR);
      awaitAnswerIfOver();
    } else if (latest.isOver() && !(isMeant && isOldEnough)) {
      resume();
    } else if (isOldEnough && isMeant) {
      interruptUnlessUninterruptible();
    } else if (isOldEnough && !player.isHeld() && !isToBeHeard()) {
      player.hold();
      effects.timer(FALSE_ALARM, policy().falseInterruptionTimeout());
    }
  }

  private void interruptUnlessUninterruptible() {
    if (!player.isHeld() && isToBeHeard()) {
      return;
    }
    rule(Ruling.INTERRUPTED);
    metrics.interrupted();
    awaitAnswerIfOver();
  }

  /// Whether what is heard at this moment is heard on whatever the caller says. What is typed is
  /// not said over it.
  private boolean isToBeHeard() {
    return player.isUninterruptible() || mayNotBeSpokenOver() && player.isAudible();
  }

  private boolean mayNotBeSpokenOver() {
    return !isTyped && call.started().settings().turnDetection().isUninterruptible();
  }

  private void awaitAnswerIfOver() {
    if (latest.isOver() && hasWords()) {
      awaitAnswer();
    }
  }

  private void resume() {
    boolean wasStopped = player.isHeld();
    rule(policy().resumeFalseInterruption() || !wasStopped ? Ruling.RESUMED : Ruling.INTERRUPTED);
    metrics.resumed(wasStopped);
  }

  private void falseAlarm() {
    if (latest.ruling() == null && player.isHeld()) {
      resume();
    }
  }

  private void rule(Ruling ruling) {
    effects.cancelTimer(HOLD);
    effects.cancelTimer(FALSE_ALARM);
    turnAtVerdict = player.turn();
    int turn = ruling == Ruling.CLEAR ? 0 : player.turn();
    if (ruling == Ruling.INTERRUPTED) {
      // The heard text goes before the verdict, so that the answer is made knowing it.
      player.interrupt();
    } else if (ruling == Ruling.RESUMED) {
      player.resume();
    }
    told.rule(latest.number(), ruling, turn, latest.mediaMs());
    latest = latest.ruled(ruling);
  }

  /// The words are enough, and no mere murmur, to take the floor.
  private boolean areWordsMeant() {
    SaidWords words = SaidWords.of(latest.words());
    if (isTyped) {
      return hasWords() && !isLeaveTaking(words);
    }
    boolean isMurmur =
        words.isOneOf(policy().backchannels()) && !isAnswerAwaited() || isLeaveTaking(words);
    return !words.isEmpty() && words.count() >= policy().minInterruptionWords() && !isMurmur;
  }

  /// "Thank you, bye" to a goodbye asks for no answer.
  private boolean isLeaveTaking(SaidWords words) {
    return player.isClosing() && words.areCourtesies();
  }

  /// "Yeah" to a question is no murmur.
  private boolean isAnswerAwaited() {
    CallEvent.Expects expects = call.expects();
    return expects != null && expects.answer() == CallEvent.Answer.YES_NO;
  }

  // Whether the agent may begin to speak.

  private boolean mayPlay(SpokenSentence sentence) {
    if (latest.number() == 0 || sentence.turn() == 1 && latest.ruling() == Ruling.CLEAR) {
      return true;
    }
    if (latest.ruling() == null) {
      boolean isHeardOut = !sentence.isInterruptible() || mayNotBeSpokenOver();
      return player.isAudible() && (!isOldEnough || isHeardOut);
    }
    boolean isSpeaking = !latest.isOver() && latest.ruling() != Ruling.RESUMED;
    boolean isOld = sentence.isInterruptible() && sentence.turn() <= answerAbove;
    return !isOld && (!isSpeaking || player.isAudible() || mayTalkOver());
  }

  /// The agent does not begin while the caller speaks; a noise without words holds it up for a
  /// moment only.
  private boolean mayTalkOver() {
    if (!isStartDelayed) {
      isStartDelayed = true;
      effects.timer(START, policy().falseInterruptionTimeout());
    }
    return isStartDue && latest.words().isBlank();
  }

  // Waiting for the answer.

  private boolean isToBeAnswered() {
    return latest.ruling() == Ruling.CLEAR || latest.ruling() == Ruling.INTERRUPTED;
  }

  /// Where answers are given on request, none is due because something was said.
  private void awaitAnswer() {
    if (call.started().settings().turnDetection().isAnsweredOnRequest()) {
      return;
    }
    boolean isJudgedHere = !turnsBefore.containsKey(latest.number());
    answerAbove = turnsBefore.getOrDefault(latest.number(), player.turn());
    boolean mayBeHere = isJudgedHere && !wasOwed && player.turn() > turnAtVerdict;
    effects.timer(ANSWER, mayBeHere ? DOUBT : config.answerWait());
  }

  private void answered() {
    answerAbove = -1;
    effects.cancelTimer(ANSWER);
  }

  // Where it stands.

  /// Whether a goodbye that has been heard is the end: the caller says nothing, or no more than
  /// goodbye.
  boolean isDone() {
    return latest.isOver() && (answerAbove < 0 || SaidWords.of(latest.words()).areCourtesies());
  }

  /// The caller speaks, or has said something that is still to be answered.
  boolean isCallersTurn() {
    return latest.number() > 0 && !latest.isOver() || answerAbove >= 0;
  }

  /// Nothing is undecided.
  boolean isSettled() {
    return latest.number() == 0
        || latest.ruling() == Ruling.CLEAR && !(isTyped && !latest.isOver())
        || latest.isOver() && latest.ruling() != null;
  }

  /// The caller has said words in this utterance.
  boolean hasWords() {
    return !latest.words().isBlank();
  }

  private void forgetTimers() {
    effects.cancelTimer(HOLD);
    effects.cancelTimer(FALSE_ALARM);
    effects.cancelTimer(START);
  }

  private Interruption policy() {
    return call.agent().agent().interruption();
  }
}
