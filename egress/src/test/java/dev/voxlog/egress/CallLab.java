package dev.voxlog.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallSettings;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnDetection;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.Word;
import dev.voxlog.testkit.StepLab;
import dev.voxlog.testkit.VirtualClock;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// One call's playback in the lab, with a carrier that plays in virtual time.
///
/// A sentence's words last 250 ms each, a chunk 250 ms; every byte tells its sentence and place.
final class CallLab {
  static final CallId CALL = new CallId("twilio-CA1");
  static final int WORD_MS = 250;
  private static final int BYTES_PER_MS = 8;
  private static final String AGENT =
      """
      name: shop
      greeting: {disclosure: I'm a machine., uninterruptible: %s}
      intents:
        - name: hours
          say: We are open.
          examples: [when are you open, opening hours]
      """;

  final VirtualClock clock = new VirtualClock();
  final FakeNodes nodes;
  final StepLab lab;
  private int marks;
  private int attach;
  private boolean takesEvents;

  CallLab() {
    this("");
  }

  /// With more of an agent file.
  CallLab(String more) {
    this(EgressConfig.DEFAULT, more);
  }

  CallLab(EgressConfig config, String more) {
    this(config, more, new EgressMetrics());
  }

  CallLab(EgressConfig config, String more, EgressMetrics metrics) {
    this(config, more, metrics, false, CallSettings.NONE);
  }

  private CallLab(
      EgressConfig config,
      String more,
      EgressMetrics metrics,
      boolean isDisclosing,
      CallSettings settings) {
    nodes =
        new FakeNodes(
            this::message, reports -> new CarrierModel(clock, reports, this::markReturned));
    AgentBundle agent =
        AgentBundle.of(AgentFile.parse(AGENT.formatted(isDisclosing) + more, "lab"), List.of());
    CallEvent.Started started =
        new CallEvent.Started(
            CALL,
            clock.now(),
            "twilio",
            "CA1",
            "inbound",
            null,
            null,
            agent.key(),
            Map.of(),
            settings);
    lab = new StepLab(new EgressWorker(config, nodes, metrics), started, agent, clock);
  }

  /// A lab whose caller is on the line.
  static CallLab connected() {
    return new CallLab().attach();
  }

  /// A lab whose caller is a program that takes events.
  static CallLab program() {
    CallLab lab = new CallLab();
    lab.takesEvents = true;
    return lab.attach();
  }

  /// The same, with an agent whose disclosure must be heard.
  static CallLab disclosingProgram() {
    CallLab lab =
        new CallLab(EgressConfig.DEFAULT, "", new EgressMetrics(), true, CallSettings.NONE);
    lab.takesEvents = true;
    return lab.attach();
  }

  /// One whose program wants nothing that is said to stop the agent.
  static CallLab uninterruptibleProgram() {
    return program(new TurnDetection(null, null, null, null, true));
  }

  /// One whose program has its turns told apart so.
  static CallLab program(TurnDetection turns) {
    CallLab lab =
        new CallLab(
            EgressConfig.DEFAULT, "", new EgressMetrics(), false, CallSettings.NONE.with(turns));
    lab.takesEvents = true;
    return lab.attach();
  }

  void message(Object message) {
    lab.external(message);
  }

  private void markReturned(String name) {
    give(new CallEvent.Mark(CALL, now(), attach, ++marks, name, 0));
  }

  CarrierModel carrier() {
    return nodes.carrier;
  }

  Instant now() {
    return clock.now();
  }

  CallLab give(VoxEvent event) {
    lab.give(event);
    return this;
  }

  CallLab attach() {
    attach++;
    return give(
        new CallEvent.Attached(
            CALL, now(), attach, "MZ" + attach, Codec.MULAW_8K, "node:1", 0, takesEvents));
  }

  CallLab detach(boolean isHangUp, String reason) {
    return give(new CallEvent.Detached(CALL, now(), attach, isHangUp, reason, 0));
  }

  CallLab pass(long ms) {
    lab.advance(Duration.ofMillis(ms));
    return this;
  }

  // The agent.

  CallLab says(int turn, int sentence, String text) {
    return says(turn, sentence, text, Purpose.ANSWER);
  }

  CallLab says(int turn, int sentence, String text, Purpose purpose) {
    chunks(turn, sentence, text, purpose).forEach(this::give);
    return this;
  }

  CallLab endsTurn(int turn, int sentences, Next next) {
    return give(new AgentAudio.TurnSpoken(CALL, now(), turn, sentences, next));
  }

  /// A turn of plain sentences, after which the agent listens.
  CallLab turn(int turn, String... sentences) {
    for (int i = 0; i < sentences.length; i++) {
      says(turn, i, sentences[i]);
    }
    return endsTurn(turn, sentences.length, Next.LISTEN);
  }

  List<AgentAudio.Chunk> chunks(int turn, int sentence, String text, Purpose purpose) {
    String[] words = text.split(" ");
    List<AgentAudio.Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      Word word = new Word(words[i], (long) i * WORD_MS, (i + 1L) * WORD_MS, 1, false);
      AudioBytes audio = AudioBytes.wrap(audio(turn, sentence, i * WORD_MS, (i + 1) * WORD_MS));
      boolean isLast = i == words.length - 1;
      chunks.add(
          new AgentAudio.Chunk(
              CALL,
              now(),
              turn,
              sentence,
              i,
              Codec.MULAW_8K,
              audio,
              word.startMs(),
              List.of(word),
              isLast,
              false,
              purpose,
              i == 0 ? text : null));
    }
    return chunks;
  }

  /// The sentence's audio between two places.
  static byte[] audio(int turn, int sentence, int fromMs, int toMs) {
    byte[] bytes = new byte[(toMs - fromMs) * BYTES_PER_MS];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (turn * 31 + sentence * 7 + (fromMs * BYTES_PER_MS + i) / 160);
    }
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  // The caller.

  CallLab startsSpeaking(int utterance) {
    return give(new TranscriptEvent.SpeechStarted(CALL, now(), utterance, 1_000, 1_210));
  }

  CallLab words(int utterance, int revision, String text) {
    return give(new TranscriptEvent.Interim(CALL, now(), utterance, revision, text, 0, 0.9, 1_500));
  }

  CallLab stopsSpeaking(int utterance, String text) {
    if (!text.isEmpty()) {
      give(
          new TranscriptEvent.Final(
              CALL, now(), utterance, text, 0.9, List.of(), 1_000, 1_600, 1_900, "lab", 1));
    }
    return give(
        new TranscriptEvent.SpeechEnded(CALL, now(), utterance, !text.isEmpty(), 1_600, 1_900));
  }

  CallLab types(int utterance, String text) {
    return give(new TranscriptEvent.SpeechStarted(CALL, now(), utterance, 700, 700))
        .give(
            new TranscriptEvent.Final(
                CALL, now(), utterance, text, 1, List.of(), 700, 700, 700, "typed", 0))
        .give(new TranscriptEvent.SpeechEnded(CALL, now(), utterance, true, 700, 700));
  }

  /// An utterance that is committed when it is over.
  CallLab commits(int utterance, String text) {
    give(new TranscriptEvent.SpeechStarted(CALL, now(), utterance, 1_000, 3_000));
    if (!text.isEmpty()) {
      give(
          new TranscriptEvent.Final(
              CALL, now(), utterance, text, 0.9, List.of(), 1_000, 3_000, 3_000, "lab", 1));
    }
    return give(
        new TranscriptEvent.SpeechEnded(CALL, now(), utterance, !text.isEmpty(), 3_000, 3_000));
  }

  CallLab cancels(int n) {
    return give(new CallEvent.Cancel(CALL, now(), attach, n, 0));
  }

  // What came of it.

  /// The caller has heard exactly these stretches, one after the other.
  void assertHeard(byte[]... stretches) {
    byte[] wanted = join(stretches);
    byte[] heard = carrier().heard();
    int differs = Arrays.mismatch(wanted, heard);
    assertThat(
            differs / BYTES_PER_MS
                + " ms of "
                + wanted.length / BYTES_PER_MS
                + ", heard "
                + heard.length / BYTES_PER_MS)
        .as("where what was heard differs: %s", carrier().played())
        .isEqualTo(
            "0 ms of " + wanted.length / BYTES_PER_MS + ", heard " + wanted.length / BYTES_PER_MS);
    assertThat(differs).isEqualTo(-1);
  }

  <E> List<E> told(Class<E> kind) {
    return lab.emitted(kind);
  }

  List<String> verdicts() {
    return told(CallEvent.Verdict.class).stream()
        .map(v -> v.utterance() + "." + v.n() + " " + v.ruling() + " " + v.turn())
        .toList();
  }

  List<String> heard() {
    return told(CallEvent.Heard.class).stream()
        .map(h ->
            h.turn()
                + "."
                + h.sentence()
                + (h.isWhole() ? " whole " : " part ")
                + h.evidence()
                + " "
                + h.text())
        .toList();
  }

  List<String> ends() {
    return told(CallEvent.Ended.class).stream().map(CallEvent.Ended::reason).toList();
  }
}
