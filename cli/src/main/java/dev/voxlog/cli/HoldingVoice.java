package dev.voxlog.cli;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.Prompt;
import dev.voxlog.ingress.HoldingPhrases;
import dev.voxlog.runtime.FailureTrace;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.StageName;
import dev.voxlog.tts.TtsWorker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renders what callers hear while the log is away. An ingress node without a voice of its own
/// loads one for the moment, beside its work. Closing waits for that.
final class HoldingVoice implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HoldingVoice.class);
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final Thread thread;

  private HoldingVoice(Thread thread) {
    this.thread = thread;
  }

  /// Each agent's phrase in its own voice; computes what was not rendered before.
  static HoldingPhrases render(TtsWorker voice, List<AgentBundle> agents, Duration after) {
    Map<String, AudioBytes> phrases = new HashMap<>();
    for (AgentBundle agent : agents) {
      String wording = agent.agent().prompts().of(Prompt.HOLDING).toString();
      phrases.put(agent.key(), voice.say(agent, wording, Codec.MULAW_8K));
    }
    return new HoldingPhrases(after, phrases);
  }

  /// Loads a voice, renders and lets go of the voice, on a thread of its own. Without a voice calls
  /// go on as they are, and the log says so.
  static HoldingVoice begin(
      StageMaker maker,
      List<AgentBundle> agents,
      Duration after,
      Consumer<HoldingPhrases> rendered) {
    return new HoldingVoice(
        Thread.ofPlatform()
            .daemon()
            .name("holding-voice")
            .start(() -> {
              try (TtsWorker voice = (TtsWorker) maker.make(StageName.TTS)) {
                rendered.accept(render(voice, agents, after));
                log.info("what callers hear while the log is away is rendered");
              } catch (RuntimeException e) {
                log.warn(
                    "callers will hear nothing while the log is away, for there is no voice here: {}",
                    FailureTrace.classes(e));
              }
            }));
  }

  @Override
  public void close() {
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
