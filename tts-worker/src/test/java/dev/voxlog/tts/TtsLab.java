package dev.voxlog.tts;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.audio.G711;
import dev.voxlog.audio.ToneCode;
import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallSettings;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.TurnDetection;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.testkit.StepLab;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call's step with voices of tones, and the sentences of a dialogue to give it.
final class TtsLab {
  static final CallId CALL = new CallId("call-1");
  static final String LONG =
      "Your order shipped on Monday, and it should arrive at your home before the end of the week.";

  private static final String AGENT =
      """
      name: shop
      greeting: {hello: Hello there., disclosure: I'm a machine., question: How can I help you today?}
      voice: {engine: scripted}
      intents:
        - {name: person, action: transfer, examples: [a person please, let me talk to someone]}
      transfer: {number: "+15550100"}
      """;

  final StepLab lab;
  final TtsWorker worker;

  TtsLab(long cacheBytes, Voice... voices) {
    this(cacheBytes, _ -> List.of(voices), null);
  }

  /// Without a cache, for a program that has chosen `voice`.
  TtsLab(Voices voices, @Nullable String voice) {
    this(0, voices, voice);
  }

  private TtsLab(long cacheBytes, Voices voices, @Nullable String voice) {
    worker = new TtsWorker(new TtsConfig(Duration.ofMillis(200), cacheBytes), voices);
    var started =
        new CallEvent.Started(
            CALL,
            Instant.EPOCH,
            "twilio",
            "CA1",
            "inbound",
            "+1555",
            "+1556",
            agent().key(),
            Map.of(),
            new CallSettings(null, voice, TurnDetection.USUAL));
    lab = new StepLab(worker, started, agent());
  }

  /// Without a cache, attached over µ-law.
  static TtsLab with(Voice... voices) {
    return new TtsLab(0, voices).attach(1, Codec.MULAW_8K);
  }

  static AgentBundle agent() {
    return AgentBundle.of(AgentFile.parse(AGENT, "test"), List.of());
  }

  TtsLab attach(int attach, Codec codec) {
    lab.give(new CallEvent.Attached(CALL, now(), attach, "MZ" + attach, codec, "127.0.0.1:1", 0));
    return this;
  }

  TtsLab sentence(int turn, int sentence, String text) {
    return sentence(turn, sentence, text, TurnEvent.Purpose.ANSWER);
  }

  TtsLab sentence(int turn, int sentence, String text, TurnEvent.Purpose purpose) {
    lab.give(new TurnEvent.Sentence(CALL, now(), turn, sentence, text, purpose, List.of()));
    return this;
  }

  TtsLab turnEnded(int turn, int sentences) {
    lab.give(
        new TurnEvent.TurnEnded(
            CALL, now(), turn, sentences, TurnEvent.Next.LISTEN, "fixed", null, List.of()));
    return this;
  }

  TtsLab verdict(int utterance, int n, CallEvent.Ruling ruling, int turn) {
    lab.give(new CallEvent.Verdict(CALL, now(), utterance, n, ruling, turn, 0));
    return this;
  }

  TtsLab work() {
    lab.work();
    return this;
  }

  /// Lets the engine answer what it was asked first, and nothing that is asked in turn.
  TtsLab answerOne(ClauseSpeaker speaker, String clause) {
    List<dev.voxlog.tts.text.SpokenClause> clauses = speaker.clauses(clause);
    lab.answer("clause", speaker.speak(clauses.getFirst(), 8_000, new StopSignal()));
    return this;
  }

  private Instant now() {
    return lab.clock().now();
  }

  List<AgentAudio.Chunk> chunks() {
    return lab.emitted(AgentAudio.Chunk.class);
  }

  List<AgentAudio.Chunk> chunks(int turn, int sentence) {
    return chunks(chunks(), turn, sentence);
  }

  static List<AgentAudio.Chunk> chunks(List<AgentAudio.Chunk> all, int turn, int sentence) {
    return all.stream().filter(each -> each.turn() == turn && each.sentence() == sentence).toList();
  }

  List<CallEvent.Error> errors() {
    return lab.emitted(CallEvent.Error.class);
  }

  /// What was written, one word each: C1.0.0 a chunk, E1 a turn spoken, ERROR an error.
  List<String> story() {
    List<String> story = new ArrayList<>();
    for (VoxEvent each : lab.emitted()) {
      story.add(
          each.writer() == StageName.TTS && each instanceof CallEvent.Error
              ? "ERROR"
              : each.identity());
    }
    return story;
  }

  static byte[] audio(List<AgentAudio.Chunk> chunks) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    chunks.forEach(each -> all.writeBytes(each.audio().array()));
    return all.toByteArray();
  }

  static List<Integer> tones(List<AgentAudio.Chunk> chunks) {
    return ToneCode.ids(G711.decodeMulaw(audio(chunks)));
  }

  static String words(List<AgentAudio.Chunk> chunks) {
    return String.join(
        " ",
        chunks.stream().flatMap(each -> each.words().stream()).map(word -> word.text()).toList());
  }
}
