package dev.voxlog.cli.chaos;

import dev.voxlog.audio.ToneCode;
import dev.voxlog.cli.chaos.Violation.Kind;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.testkit.twilio.Utterance;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What one caller's ear has to say: every sentence once, in order, whole or marked interrupted.
///
/// A tone tells its id only where 240 ms of it are unbroken, so how much was played is measured by
/// the playing itself, between one line and the next.
final class HearingJudge {
  /// How far a sentence's edges may be off: two of the carrier's frames.
  static final int EDGE = ToneCode.RATE / 25;

  private final CallWitness call;
  private final List<Violation> violations = new ArrayList<>();

  /// The sentences' texts by their sound, and the line each is to be heard after.
  private final Map<Integer, String> texts = new HashMap<>();

  private final Map<Integer, Integer> lines = new HashMap<>();
  private final List<List<String>> answers = new ArrayList<>();

  /// The sounds of what may be said besides, which no record tells, by their length in samples.
  private final Map<Integer, Integer> besides = new HashMap<>();

  private int marked;

  /// `besides` is what callers may be told while the log is away, at any time and any number of
  /// times.
  HearingJudge(CallWitness call, Set<String> besides) {
    this.call = call;
    besides.forEach(text -> this.besides.put(ScriptedVoice.idOf(text), samples(text)));
    answers.add(ChaosAgent.GREETING);
    call.said().forEach(said -> answers.add(said.line().answer()));
    for (int line = 0; line < answers.size(); line++) {
      for (String sentence : answers.get(line)) {
        texts.put(ScriptedVoice.idOf(sentence), sentence);
        lines.put(ScriptedVoice.idOf(sentence), line);
      }
    }
  }

  List<Violation> violations() {
    if (!call.end().isByCaller()) {
      found(Kind.CALL_DROPPED, 0, call.end().how());
    }
    everySoundIsKnownAndHeardOnce();
    allAreInOrder();
    for (int line = 0; line < answers.size(); line++) {
      lineIsAnswered(line);
    }
    return violations;
  }

  /// How many sentences were cut short with a record that says so.
  int marked() {
    return marked;
  }

  /// How often callers were told what is said besides.
  int told() {
    return (int) soundsBesides().count();
  }

  private Stream<ToneCode.Sound> soundsBesides() {
    return call.ear().sounds().stream().filter(sound -> besides.containsKey(sound.id()));
  }

  private void everySoundIsKnownAndHeardOnce() {
    Set<Integer> heard = new HashSet<>();
    for (ToneCode.Sound sound : call.ear().sounds()) {
      if (besides.containsKey(sound.id())) {
        continue;
      }
      if (!texts.containsKey(sound.id())) {
        found(
            Kind.SENTENCE_UNEXPECTED,
            lineBefore(start(sound)),
            "heard at %s: %s".formatted(time(start(sound)), textInLog(sound.id())));
      } else if (!heard.add(sound.id())) {
        found(
            Kind.SENTENCE_TWICE,
            lines.getOrDefault(sound.id(), 0),
            "again at %s: %s".formatted(time(start(sound)), texts.get(sound.id())));
      }
    }
  }

  private String textInLog(int id) {
    return call.log().sentences().stream()
        .filter(sentence -> ScriptedVoice.idOf(sentence.text()) == id)
        .map(sentence ->
            "'%s' (turn %d, sentence %d)"
                .formatted(sentence.text(), sentence.turn(), sentence.sentence()))
        .findFirst()
        .orElse("tone " + id + ", which is no sentence of the log");
  }

  private void allAreInOrder() {
    List<Integer> wanted = answers.stream().flatMap(List::stream).map(ScriptedVoice::idOf).toList();
    int last = -1;
    for (ToneCode.Sound sound : call.ear().sounds()) {
      int place = wanted.indexOf(sound.id());
      if (place >= 0 && place < last) {
        found(
            Kind.SENTENCE_OUT_OF_ORDER,
            lines.getOrDefault(sound.id(), 0),
            "'%s' after '%s'".formatted(texts.get(sound.id()), texts.get(wanted.get(last))));
      }
      last = Math.max(last, place);
    }
  }

  private void lineIsAnswered(int line) {
    List<String> answer = answers.get(line);
    List<String> missing = answer.stream().filter(text -> !isHeard(text)).toList();
    List<String> cut = answer.stream().filter(this::isMarked).toList();
    marked += cut.size();
    if (missing.size() == answer.size() && cut.isEmpty()) {
      found(Kind.TURN_UNANSWERED, line, "nothing was heard of " + answer);
      return;
    }
    // What follows an interruption is not said.
    int said = cut.isEmpty() ? answer.size() : answer.indexOf(cut.getFirst());
    missing.stream()
        .filter(text -> answer.indexOf(text) < said)
        .forEach(text -> found(Kind.SENTENCE_LOST, line, "'" + text + "'"));
    int wanted = answer.stream().mapToInt(HearingJudge::samples).sum();
    int played = played(line);
    int edges = EDGE * answer.size();
    if (played > wanted + edges) {
      found(Kind.SENTENCE_PART_TWICE, line, lengths(played, wanted));
    } else if (played < wanted - edges && missing.isEmpty() && cut.isEmpty()) {
      found(Kind.SENTENCE_TORN, line, lengths(played, wanted));
    }
  }

  private static String lengths(int played, int wanted) {
    return "%d ms were played of %d ms".formatted(played / 8, wanted / 8);
  }

  private boolean isHeard(String text) {
    int id = ScriptedVoice.idOf(text);
    return call.ear().sounds().stream().anyMatch(sound -> sound.id() == id);
  }

  /// Whether the log's last word on it is that it was not heard whole.
  private boolean isMarked(String text) {
    return call.log().sentences().stream()
        .filter(sentence -> sentence.text().equals(text))
        .anyMatch(this::wasInterrupted);
  }

  private boolean wasInterrupted(TurnEvent.Sentence sentence) {
    return call.log().heard().stream()
        .filter(heard -> heard.turn() == sentence.turn() && heard.sentence() == sentence.sentence())
        .max(Comparator.comparingInt(CallEvent.Heard::n))
        .map(last -> !last.isWhole())
        .orElse(false);
  }

  /// How long the agent was played between the end of a line and the next.
  private int played(int line) {
    long from = line == 0 ? 0 : call.said().get(line - 1).where().endSample();
    long to =
        line < call.said().size() ? call.said().get(line).where().startSample() : Long.MAX_VALUE;
    long samples = 0;
    for (Utterance each : call.ear().played()) {
      samples += Math.max(0, Math.min(to, each.endSample()) - Math.max(from, each.startSample()));
    }
    int other =
        soundsBesides()
            .filter(sound -> start(sound) >= from && start(sound) < to)
            .mapToInt(sound -> besides.getOrDefault(sound.id(), 0))
            .sum();
    return (int) samples - other;
  }

  /// How long a sentence lasts: whole frames of the carrier.
  static int samples(String sentence) {
    int frame = ToneCode.RATE / 50;
    return Math.ceilDiv(ScriptedVoice.samplesOf(sentence), frame) * frame;
  }

  private static int start(ToneCode.Sound sound) {
    return sound.pieces().getFirst().startSample();
  }

  private int lineBefore(int sample) {
    return (int) call.said().stream().filter(said -> said.where().startSample() <= sample).count();
  }

  private static String time(int sample) {
    return String.format(Locale.ROOT, "%.1f s", sample / (double) ToneCode.RATE);
  }

  private void found(Kind kind, int line, String what) {
    violations.add(new Violation(kind, call.id().value(), line, what));
  }
}
