package dev.voxlog.stt.moonshine;

import ai.onnxruntime.OrtException;
import dev.voxlog.stt.Constraint;
import dev.voxlog.stt.DecodeRequest;
import dev.voxlog.stt.EngineException;
import dev.voxlog.stt.Hypothesis;
import dev.voxlog.stt.Recognizer;
import dev.voxlog.stt.moonshine.TokenChooser.Choice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;

/// Moonshine Tiny, English (Jeffries et al. 2024, arXiv 2410.15608), greedy decoding with a cache.
///
/// The end is forbidden as first token, without which short answers come back empty; its
/// probability there is [Hypothesis#noSpeech()] instead, at least 0.97 for most noise and next to
/// never for speech. One pair of sessions serves all threads; each decode runs on its caller's:
/// about 0.03 s of CPU for a second of speech, 290 MB for the process, 20 MB more for each decode
/// at a time.
public final class MoonshineRecognizer implements Recognizer, AutoCloseable {
  /// What transcripts and metrics call it.
  public static final String NAME = "moonshine-tiny";

  private static final double TOKENS_PER_SECOND = 6.5;
  private static final int LEAST_TOKENS = 6;
  private static final int WARM_UP_RUNS = 4;

  /// A constraint that by these many tokens has forced words so unlikely will not come to fit.
  private static final int TOKENS_TO_JUDGE_BY = 4;

  static final double HOPELESS = 0.15;

  /// Within a constraint: how many first tokens are tried, and what needs no further try.
  private static final int BEGINNINGS = 4;

  private static final double GOOD = 0.6;

  private static final Heard NOTHING_HEARD = new Heard(List.of(), List.of(), 1);

  private final MoonshineModel model;
  private final Vocabulary vocabulary;
  private final WordTimes wordTimes;

  /// Decoding shares the model, closing has it alone: native memory must not go away under a
  /// decode.
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();

  private boolean isClosed;

  /// Loads `encoder_model.onnx`, `decoder_model_merged.onnx`, and the script that carries the
  /// vocabulary; about a second.
  ///
  /// @throws EngineException if a file is missing or damaged
  public MoonshineRecognizer(Path encoder, Path decoder, Path vocabularyScript) {
    vocabulary = Vocabulary.read(vocabularyScript);
    wordTimes = new WordTimes(vocabulary);
    try {
      model = new MoonshineModel(encoder, decoder);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /// Decodes a little, so that the first caller does not wait for what only first runs do.
  public void warmUp() {
    float[] tone = new float[SAMPLE_RATE];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (0.1 * Math.sin(i * 0.2) * Math.sin(i * 0.001));
    }
    for (int run = 0; run < WARM_UP_RUNS; run++) {
      decode(tone, DecodeRequest.unconstrained());
    }
  }

  @Override
  public Hypothesis decode(float[] pcm16k, DecodeRequest request) {
    if (pcm16k.length == 0) {
      return Hypothesis.NOTHING;
    }
    stopIfCancelled(request.cancelled());
    inUse.readLock().lock();
    try {
      if (isClosed) {
        throw new EngineException("the recogniser is closed");
      }
      return decodeOpen(pcm16k, request);
    } finally {
      inUse.readLock().unlock();
    }
  }

  private Hypothesis decodeOpen(float[] pcm16k, DecodeRequest request) {
    long started = System.nanoTime();
    try (DecoderPass pass = new DecoderPass(model, atLeast(pcm16k, MoonshineModel.LEAST_SAMPLES))) {
      stopIfCancelled(request.cancelled());
      int most = mostTokens(pcm16k.length);
      Heard heard =
          request.constraint() instanceof Constraint.None
              ? listen(pass, draft(request, pcm16k.length), request, most, Set.of())
              : listenWithin(pass, request, most);
      return new Hypothesis(
          Vocabulary.modern(vocabulary.text(heard.tokens).strip()),
          heard.tokens,
          WordTimes.confidence(heard.logProbabilities),
          heard.noSpeech,
          Duration.ofNanos(System.nanoTime() - started),
          wordTimes.of(heard.tokens, heard.logProbabilities, pcm16k));
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /// Tokens, the logarithm of each one's probability, and the probability that there are none.
  private record Heard(List<Integer> tokens, List<Double> logProbabilities, double noSpeech) {
    Heard first(int length) {
      return new Heard(tokens.subList(0, length), logProbabilities.subList(0, length), noSpeech);
    }
  }

  /// Within a constraint, a likely first token may lead nowhere: "or" is allowed as the beginning
  /// of "order" where "four" was said. Then the next likely ones are tried, and the best is taken.
  private Heard listenWithin(DecoderPass pass, DecodeRequest request, int most)
      throws OrtException {
    Heard best = NOTHING_HEARD;
    Set<Integer> tried = new HashSet<>();
    while (tried.size() < BEGINNINGS && merit(best, request.constraint()) < GOOD) {
      Heard heard = listen(pass, List.of(), request, most, tried);
      if (heard.tokens.isEmpty()) {
        return best;
      }
      tried.add(heard.tokens.getFirst());
      best = merit(heard, request.constraint()) > merit(best, request.constraint()) ? heard : best;
    }
    return best;
  }

  /// How likely the words are; less than nothing where they are not what is allowed.
  private double merit(Heard heard, Constraint constraint) {
    if (heard.tokens.isEmpty()) {
      return -1;
    }
    double confidence = WordTimes.confidence(heard.logProbabilities);
    return constraint.isComplete(vocabulary.text(heard.tokens)) ? confidence : confidence - 1;
  }

  private Heard listen(
      DecoderPass pass, List<Integer> draft, DecodeRequest request, int most, Set<Integer> notFirst)
      throws OrtException {
    TokenChooser chooser = new TokenChooser(vocabulary, request.constraint());
    float[][] drafted = pass.first(draft);
    double noSpeech = TokenChooser.probability(drafted[0], Vocabulary.END);
    drafted[0][Vocabulary.END] = Float.NEGATIVE_INFINITY;
    notFirst.forEach(token -> drafted[0][token] = Float.NEGATIVE_INFINITY);
    Heard heard = new Heard(new ArrayList<>(), new ArrayList<>(), noSpeech);
    Choice choice = chooser.choose(drafted[0], heard.tokens);
    while (heard.tokens.size() < draft.size() && choice.token() == draft.get(heard.tokens.size())) {
      add(choice, heard);
      choice = chooser.choose(drafted[heard.tokens.size()], heard.tokens);
    }
    pass.keep(heard.tokens.size() + 1);
    while (choice.token() != Vocabulary.END && heard.tokens.size() < most) {
      add(choice, heard);
      int sound = Repetition.soundLength(heard.tokens);
      if (sound < heard.tokens.size()) {
        return heard.first(sound);
      }
      if (isHopeless(request.constraint(), heard)) {
        return heard;
      }
      if (heard.tokens.size() < most) {
        stopIfCancelled(request.cancelled());
        choice = chooser.choose(pass.next(choice.token()), heard.tokens);
      }
    }
    return heard;
  }

  private static boolean isHopeless(Constraint constraint, Heard heard) {
    return !(constraint instanceof Constraint.None)
        && heard.tokens.size() >= TOKENS_TO_JUDGE_BY
        && WordTimes.confidence(heard.logProbabilities) < HOPELESS;
  }

  private static void add(Choice choice, Heard heard) {
    heard.tokens.add(choice.token());
    heard.logProbabilities.add(choice.logProbability());
  }

  private static List<Integer> draft(DecodeRequest request, int samples) {
    Hypothesis draft = request.draft();
    return draft == null
        ? List.of()
        : draft.tokens().subList(0, Math.min(draft.tokens().size(), mostTokens(samples)));
  }

  private static int mostTokens(int samples) {
    return (int) Math.max(LEAST_TOKENS, Math.ceil(TOKENS_PER_SECOND * samples / SAMPLE_RATE));
  }

  private static float[] atLeast(float[] audio, int samples) {
    return audio.length >= samples ? audio : Arrays.copyOf(audio, samples);
  }

  private static void stopIfCancelled(BooleanSupplier cancelled) {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("decode cancelled");
    }
  }

  private static EngineException failed(OrtException cause) {
    return new EngineException(
        "recognition failed: "
            + cause.getMessage()
            + "; check that the model files are Moonshine Tiny and belong together",
        cause);
  }

  /// Waits for decodes that are running.
  @Override
  public void close() {
    inUse.writeLock().lock();
    try {
      if (!isClosed) {
        isClosed = true;
        model.close();
      }
    } catch (OrtException e) {
      throw failed(e);
    } finally {
      inUse.writeLock().unlock();
    }
  }
}
