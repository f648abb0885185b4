package dev.voxlog.stt.scripted;

import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Resampler;
import dev.voxlog.audio.ToneCode;
import dev.voxlog.schemas.Word;
import dev.voxlog.stt.DecodeRequest;
import dev.voxlog.stt.Hypothesis;
import dev.voxlog.stt.Recognizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;

/// Hears the ids of [ToneCode] and answers with the phrase of each; constraints do not bind it.
/// Sound without a code is no speech.
public final class ScriptedRecognizer implements Recognizer {
  /// What transcripts and metrics call it.
  public static final String NAME = "scripted";

  private static final Duration A_WHILE = Duration.ofMillis(10);
  private static final int SAMPLES_PER_MS = ToneCode.RATE / 1_000;

  private final Map<Integer, String> phrases;
  private final Duration delay;

  /// An id without a phrase is heard as "utterance <id>".
  public ScriptedRecognizer(Map<Integer, String> phrases) {
    this(phrases, Duration.ZERO);
  }

  /// One that takes its time: every decode keeps its thread for `delay` longer.
  public ScriptedRecognizer(Map<Integer, String> phrases, Duration delay) {
    this.phrases = Map.copyOf(phrases);
    this.delay = delay;
  }

  @Override
  public Hypothesis decode(float[] pcm16k, DecodeRequest request) {
    if (request.cancelled().getAsBoolean()) {
      throw new CancellationException();
    }
    long started = System.nanoTime();
    linger(request, started + delay.toNanos());
    List<ToneCode.Heard> heard =
        ToneCode.decode(Pcm.toShorts(Resampler.resample(pcm16k, SAMPLE_RATE, ToneCode.RATE)));
    Duration decodeTime = Duration.ofNanos(System.nanoTime() - started);
    if (heard.isEmpty()) {
      return new Hypothesis("", List.of(), 0, 1, decodeTime, List.of());
    }
    List<Word> words = new ArrayList<>();
    heard.forEach(code -> words.addAll(words(code)));
    String text = String.join(" ", heard.stream().map(this::phrase).toList());
    return new Hypothesis(
        text, heard.stream().map(ToneCode.Heard::id).toList(), 1, 0, decodeTime, words);
  }

  private static void linger(DecodeRequest request, long untilNanos) {
    while (System.nanoTime() - untilNanos < 0) {
      if (request.cancelled().getAsBoolean()) {
        throw new CancellationException();
      }
      LockSupport.parkNanos(A_WHILE.toNanos());
    }
  }

  private String phrase(ToneCode.Heard code) {
    return phrases.getOrDefault(code.id(), "utterance " + code.id());
  }

  /// The phrase's words, each with an equal part of the sound.
  private List<Word> words(ToneCode.Heard code) {
    String[] texts = phrase(code).strip().split("\\s+");
    long start = code.startSample() / SAMPLES_PER_MS;
    long length = code.endSample() / SAMPLES_PER_MS - start;
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      words.add(
          new Word(
              texts[i],
              start + length * i / texts.length,
              start + length * (i + 1) / texts.length,
              1,
              true));
    }
    return words;
  }
}
