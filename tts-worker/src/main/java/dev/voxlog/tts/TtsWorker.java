package dev.voxlog.tts;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.runtime.CallStep;
import dev.voxlog.runtime.CallView;
import dev.voxlog.runtime.Effects;
import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.tts.text.SpokenClause;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Speaks the agent's sentences.
public final class TtsWorker implements Stage {
  private final Mouth mouth;
  private final Voices voices;
  private final VoiceCache cache;
  private final Map<dev.voxlog.agent.Voice, List<ClauseSpeaker>> speakers =
      new ConcurrentHashMap<>();
  private final StopSignal closed = new StopSignal();
  private final @Nullable PromptFolder prompts;

  /// What all calls of the process share.
  record Mouth(TtsConfig config, TtsMetrics metrics) {}

  /// The worker closes `voices` when it is closed.
  public TtsWorker(TtsConfig config, Voices voices) {
    this(config, voices, null);
  }

  /// Rendered prompts are kept in `promptFolder` for later starts.
  public TtsWorker(TtsConfig config, Voices voices, @Nullable Path promptFolder) {
    this.mouth = new Mouth(config, new TtsMetrics());
    this.voices = voices;
    this.cache = new VoiceCache(config.cacheBytes());
    this.prompts = promptFolder == null ? null : new PromptFolder(promptFolder);
  }

  /// Says all of an agent's fixed wordings into the cache, those first that a call needs first, on
  /// a thread of its own. Completes when all are there, exceptionally if the agent's voice cannot
  /// say them.
  ///
  /// @throws VoiceException at once if there is no such voice
  public CompletableFuture<Void> prerender(AgentBundle agent) {
    ClauseSpeaker speaker = speakers(agent).getFirst();
    List<String> wordings = agent.agent().fixedWordings();
    CompletableFuture<Void> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("tts-prerender")
        .start(() -> {
          try {
            wordings.forEach(wording -> prerender(speaker, wording));
            result.complete(null);
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private void prerender(ClauseSpeaker speaker, String wording) {
    speaker
        .clauses(wording)
        .forEach(clause -> rendered(speaker, clause, Codec.MULAW_8K.sampleRate()));
  }

  private Spoken rendered(ClauseSpeaker speaker, SpokenClause clause, int rate) {
    return prompts == null
        ? speaker.speak(clause, rate, closed)
        : speaker.prompt(clause, rate, closed, prompts);
  }

  /// Words that are the same in each call, in the agent's own voice, for whoever plays them when
  /// the log is away. Computes on the calling thread what was not rendered before.
  ///
  /// @throws VoiceException if there is no such voice, or it fails
  public AudioBytes say(AgentBundle agent, String wording, Codec codec) {
    ClauseSpeaker speaker = speakers(agent).getFirst();
    ByteArrayOutputStream sound = new ByteArrayOutputStream();
    for (SpokenClause clause : speaker.clauses(wording)) {
      sound.writeBytes(rendered(speaker, clause, codec.sampleRate()).encoded(codec).array());
    }
    return AudioBytes.wrap(sound.toByteArray());
  }

  private List<ClauseSpeaker> speakers(AgentBundle agent) {
    return speakers(agent.agent().voice());
  }

  private List<ClauseSpeaker> speakers(dev.voxlog.agent.Voice asked) {
    return speakers.computeIfAbsent(
        asked,
        wanted ->
            voices.of(wanted).stream().map(voice -> new ClauseSpeaker(voice, cache)).toList());
  }

  /// With the speaker that the caller's program has chosen; one that is not there, as where the
  /// engine has become another, is no reason to be dumb.
  private List<ClauseSpeaker> speakers(CallView call, Effects effects) {
    String chosen = call.started().settings().voice();
    if (chosen != null) {
      try {
        return speakers(call.agent().agent().voice().with(chosen));
      } catch (VoiceException absent) {
        effects.error("no such voice", "the agent's own speaks");
      }
    }
    return speakers(call.agent());
  }

  @Override
  public StageName name() {
    return StageName.TTS;
  }

  @Override
  public Set<Topic> inputs() {
    return Set.of(Topic.SENTENCES, Topic.CALLS);
  }

  @Override
  public Set<Topic> outputs() {
    return Set.of(Topic.AUDIO_OUT, Topic.CALLS);
  }

  @Override
  public Topic checkpointTopic() {
    return Topic.AUDIO_OUT;
  }

  @Override
  public CallStep open(CallView call, @Nullable AudioBytes state, Effects effects) {
    return new TtsStep(call, state, effects, mouth, speakers(call, effects));
  }

  @Override
  public void close() {
    closed.stop();
    voices.close();
  }
}
