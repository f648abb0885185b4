package dev.voxlog.stt;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.audio.G711;
import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Resampler;
import dev.voxlog.audio.ToneCode;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallSettings;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnDetection;
import dev.voxlog.stt.scripted.EnergyDetector;
import dev.voxlog.stt.scripted.ScriptedRecognizer;
import dev.voxlog.testkit.StepLab;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A caller who speaks into one call's step, in frames of 20 ms and media time; engines answer at
/// once unless told not to.
final class SttLab {
  static final CallId CALL = new CallId("call-1");

  /// Of the audio nothing is needed again.
  static final long NOTHING_HELD = -1;

  private static final String AGENT =
      """
      name: shop
      greeting: {hello: Hello., disclosure: I'm a machine.}
      voice: {engine: scripted}
      endpointing: {min: %dms, max: %dms}
      intents:
        - {name: person, action: transfer, examples: [a person please, let me talk to someone]}
      transfer: {number: "+15550100"}
      """;

  final StepLab lab;
  private final HeldLine line;
  private int attach = 1;
  private int typed;
  private Codec codec = Codec.MULAW_8K;
  private long mediaMs;
  private long sequence;
  private boolean isDecoding = true;

  /// Windows are told by energy, when asked to answer and on the test's own thread.
  private static final class HeldLine implements VoiceLine {
    private final VoiceActivityDetector detector;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private @Nullable RuntimeException failure;

    HeldLine(VoiceActivityDetector detector) {
      this.detector = detector;
    }

    @Override
    public CompletableFuture<float[]> detect(VadState state, float[] audio) {
      CompletableFuture<float[]> answer = new CompletableFuture<>();
      waiting.add(() -> {
        if (failure != null) {
          answer.completeExceptionally(failure);
        } else {
          answer.complete(probabilities(state, audio));
        }
      });
      return answer;
    }

    @Override
    public int window() {
      return detector.windowSamples();
    }

    private float[] probabilities(VadState state, float[] audio) {
      float[] all = new float[audio.length / window()];
      for (int i = 0; i < all.length; i++) {
        float[] window = Arrays.copyOfRange(audio, i * window(), (i + 1) * window());
        all[i] = detector.detect(List.of(new VadWindow(state, window)))[0];
      }
      return all;
    }

    void answer() {
      while (!waiting.isEmpty()) {
        waiting.remove().run();
      }
    }
  }

  SttLab(
      SttConfig config,
      VoiceActivityDetector detector,
      Recognizer recognizer,
      int minMs,
      int maxMs) {
    this(config, detector, recognizer, minMs, maxMs, CallSettings.NONE);
  }

  /// With what the caller's program has set.
  SttLab(
      SttConfig config,
      VoiceActivityDetector detector,
      Recognizer recognizer,
      int minMs,
      int maxMs,
      CallSettings settings) {
    AgentBundle agent =
        AgentBundle.of(AgentFile.parse(AGENT.formatted(minMs, maxMs), "test"), List.of());
    line = new HeldLine(detector);
    var started =
        new CallEvent.Started(
            CALL,
            java.time.Instant.EPOCH,
            "twilio",
            "CA1",
            "inbound",
            "+1555",
            "+1556",
            agent.key(),
            Map.of(),
            settings);
    lab =
        new StepLab(new SttWorker(config, line, recognizer, "scripted", List.of()), started, agent);
  }

  /// Tone codes are heard as these phrases.
  static SttLab hearing(Map<Integer, String> phrases) {
    return hearing(new ScriptedRecognizer(phrases));
  }

  static SttLab hearing(Recognizer recognizer) {
    return new SttLab(SttConfig.DEFAULT, new EnergyDetector(), recognizer, 300, 900);
  }

  /// The same, for a program that has its turns told apart so.
  static SttLab hearing(TurnDetection turns, Recognizer recognizer) {
    return new SttLab(
        SttConfig.DEFAULT,
        new EnergyDetector(),
        recognizer,
        300,
        900,
        CallSettings.NONE.with(turns));
  }

  SttLab says(int id, int millis) {
    return plays(ToneCode.encode(id, millis));
  }

  SttLab isSilent(int millis) {
    return plays(new short[millis * 8]);
  }

  /// Loud sound without words.
  SttLab bangs(int millis) {
    Random random = new Random(5);
    short[] noise = new short[millis * 8];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (short) (random.nextGaussian() * 3_000);
    }
    return plays(noise);
  }

  /// From here on the caller's audio comes in this codec.
  SttLab codec(Codec carriers) {
    codec = carriers;
    return this;
  }

  /// Whole frames; the last is filled up with silence.
  SttLab plays(short[] pcm8k) {
    short[] pcm = pcm8k;
    if (codec.sampleRate() != VoiceActivityDetector.SAMPLE_RATE) {
      pcm =
          Pcm.toShorts(
              Resampler.resample(
                  Pcm.toFloats(pcm8k), VoiceActivityDetector.SAMPLE_RATE, codec.sampleRate()));
    }
    int frame = codec.sampleRate() / 50;
    for (int at = 0; at < pcm.length; at += frame) {
      frame(Arrays.copyOfRange(pcm, at, at + frame));
    }
    return this;
  }

  private void frame(short[] samples) {
    AudioBytes bytes =
        AudioBytes.wrap(codec == Codec.MULAW_8K ? G711.encodeMulaw(samples) : Pcm.toBytes(samples));
    lab.advance(Duration.ofMillis(20));
    lab.give(
        new CallerAudio.Frame(CALL, lab.clock().now(), attach, sequence++, mediaMs, codec, bytes));
    mediaMs += 20;
    settle();
  }

  SttLab types(String text) {
    lab.give(new CallEvent.Typed(CALL, lab.clock().now(), attach, ++typed, text, mediaMs));
    return settle();
  }

  /// Lets engines answer what they have been asked, as far as they are not held.
  SttLab settle() {
    line.answer();
    while (isDecoding && !lab.asked().isEmpty()) {
      lab.work();
      line.answer();
    }
    return this;
  }

  SttLab decodesAreHeld() {
    isDecoding = false;
    return this;
  }

  SttLab decodesAreDone() {
    isDecoding = true;
    return settle();
  }

  SttLab detectorFails(@Nullable RuntimeException failure) {
    line.failure = failure;
    return this;
  }

  /// Media time passes of which nothing arrives.
  SttLab loses(int millis) {
    mediaMs += millis;
    return this;
  }

  SttLab gap(@Nullable Long durationMs) {
    lab.give(
        new CallerAudio.Gap(
            CALL, lab.clock().now(), attach, sequence++, mediaMs, durationMs, "test"));
    return settle();
  }

  SttLab streamEnds() {
    lab.give(new CallerAudio.End(CALL, lab.clock().now(), attach, sequence++, mediaMs));
    return settle();
  }

  SttLab commits() {
    lab.give(new CallerAudio.Committed(CALL, lab.clock().now(), attach, sequence++, mediaMs));
    return settle();
  }

  SttLab clears() {
    lab.give(new CallerAudio.Cleared(CALL, lab.clock().now(), attach, sequence++, mediaMs));
    return settle();
  }

  SttLab attachesAgain() {
    attach++;
    sequence = 0;
    return this;
  }

  SttLab expects(CallEvent.Answer answer, int length) {
    lab.give(new CallEvent.Expects(CALL, lab.clock().now(), 1, answer, length));
    return this;
  }

  /// Another worker takes over; everything needed is heard again at once.
  SttLab takeOver() {
    line.waiting.clear();
    lab.takeOver();
    return settle();
  }

  long mediaMs() {
    return mediaMs;
  }

  long safePoint() {
    return lab.safePoints().getOrDefault(Topic.AUDIO_IN, NOTHING_HELD);
  }

  List<TranscriptEvent.SpeechStarted> starts() {
    return lab.emitted(TranscriptEvent.SpeechStarted.class);
  }

  List<TranscriptEvent.Interim> interims() {
    return lab.emitted(TranscriptEvent.Interim.class);
  }

  List<TranscriptEvent.Final> finals() {
    return lab.emitted(TranscriptEvent.Final.class);
  }

  List<TranscriptEvent.SpeechEnded> ends() {
    return lab.emitted(TranscriptEvent.SpeechEnded.class);
  }

  List<String> texts() {
    return finals().stream().map(TranscriptEvent.Final::text).toList();
  }
}
