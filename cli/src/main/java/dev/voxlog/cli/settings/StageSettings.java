package dev.voxlog.cli.settings;

import dev.voxlog.egress.EgressConfig;
import dev.voxlog.ingress.CallerLimits;
import dev.voxlog.ingress.IngressConfig;
import dev.voxlog.llm.LlmConfig;
import dev.voxlog.llm.chat.OpenAiChatConfig;
import dev.voxlog.llm.dialogue.Conversation.Scope;
import dev.voxlog.models.ModelSettings;
import dev.voxlog.runtime.gate.ConnectionLimits;
import dev.voxlog.runtime.gate.Reach;
import dev.voxlog.runtime.gate.Visitors;
import dev.voxlog.stt.SttConfig;
import dev.voxlog.tts.TtsConfig;
import dev.voxlog.web.WebConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The stages' own configuration records, out of the settings. Each record's constructor refuses
/// what cannot work.
public final class StageSettings {
  private static final int MOST_ENGINE_THREADS = 256;

  private final Settings settings;

  public StageSettings(Settings settings) {
    this.settings = settings;
  }

  public IngressConfig ingress(IngressConfig.Agents agents, String version) {
    return new IngressConfig(
        new IngressConfig.Web(
            settings.text("ingress.host"),
            settings.whole("ingress.port"),
            settings.optional("ingress.publicUrl"),
            settings.optional("ingress.authToken"),
            new IngressConfig.Realtime(
                settings.list("ingress.realtime.tokens"),
                settings.list("ingress.realtime.origins"),
                settings.whole("ingress.realtime.messageBytes")),
            operators()),
        agents,
        new IngressConfig.MediaEndpoint(
            settings.text("ingress.media.host"),
            settings.whole("ingress.media.port"),
            settings.optional("ingress.media.advertisedHost"),
            settings.optional("ingress.media.secret")),
        new IngressConfig.Limits(
            settings.whole("ingress.limits.unreadBytes"),
            settings.whole("ingress.limits.messageBytes"),
            settings.whole("ingress.limits.attaches"),
            settings.whole("ingress.limits.streams"),
            new IngressConfig.Rates(
                settings.whole("ingress.limits.callsPerMinutePerCaller"),
                settings.whole("ingress.limits.callsPerMinute")),
            new IngressConfig.Overload(
                settings.duration("ingress.overload.stageLag"),
                settings.duration("ingress.overload.engineWait"),
                settings.text("ingress.overload.message")),
            new CallerLimits(
                settings.whole("ingress.limits.callsPerCaller"),
                settings.whole("ingress.limits.charactersPerMinutePerCaller"),
                connections("ingress"))),
        tls(),
        version);
  }

  private ConnectionLimits connections(String prefix) {
    return new ConnectionLimits(
        prefix,
        settings.whole(prefix + ".limits.connections"),
        settings.whole(prefix + ".limits.connectionsPerAddress"),
        settings.list(prefix + ".trustedProxies"));
  }

  /// The page and the operator API on a port of their own.
  public WebConfig web(List<String> agents, String version) {
    return web(
        new Reach(
            "web",
            settings.text("web.host"),
            settings.whole("web.port"),
            settings.optional("web.publicUrl")),
        agents,
        false,
        version);
  }

  /// The same on ingress's port.
  public WebConfig webOfIngress(List<String> agents, String version) {
    return web(
        new Reach(
            "ingress",
            settings.text("ingress.host"),
            settings.whole("ingress.port"),
            settings.optional("ingress.publicUrl")),
        agents,
        settings.isSet("ingress.realtime.tokens"),
        version);
  }

  private WebConfig web(Reach reach, List<String> agents, boolean needsToken, String version) {
    return new WebConfig(
        reach,
        operators(),
        new WebConfig.Realtime(settings.optional("web.realtimeUrl"), needsToken),
        settings.duration("web.history"),
        settings.whole("web.calls"),
        connections("web"),
        agents,
        version);
  }

  private Visitors operators() {
    return new Visitors("web", settings.list("web.tokens"), settings.list("web.origins"));
  }

  private Optional<IngressConfig.Tls> tls() {
    boolean hasCert = settings.isSet("ingress.tls.cert");
    if (hasCert != settings.isSet("ingress.tls.key")) {
      throw new UserError(
          "ingress.tls.cert and ingress.tls.key go together; %s is not set"
              .formatted(hasCert ? "ingress.tls.key" : "ingress.tls.cert"));
    }
    return hasCert
        ? Optional.of(
            new IngressConfig.Tls(
                settings.path("ingress.tls.cert"), settings.path("ingress.tls.key")))
        : Optional.empty();
  }

  public SttConfig stt() {
    return new SttConfig(
        settings.duration("stt.minSpeech"),
        settings.duration("stt.preRoll"),
        settings.duration("stt.speculateAfter"),
        settings.duration("stt.firstInterim"),
        settings.duration("stt.interimEvery"),
        settings.duration("stt.maxUtterance"),
        settings.number("stt.noSpeechRejection"),
        SttConfig.DEFAULT.endsAtOnce());
  }

  public LlmConfig llm() {
    return new LlmConfig(
        settings.number("llm.confirmBelow"),
        settings.duration("llm.keysEndAfter"),
        settings.duration("llm.ownershipWait"),
        settings.duration("llm.replayWait"),
        settings.duration("llm.connectTimeout"),
        settings.duration("llm.goOnWithin"),
        Scope.valueOf(settings.choice("llm.scope", "open", "all").toUpperCase(Locale.ROOT)),
        settings.duration("llm.fillerAfter"));
  }

  /// Whether what is open is answered by a language model.
  public boolean hasLanguageModel() {
    return settings.optional("llm.chat.baseUrl") != null;
  }

  /// The language model's endpoint, if there is one.
  public Optional<OpenAiChatConfig> chat() {
    String baseUrl = settings.optional("llm.chat.baseUrl");
    String model = settings.text("llm.chat.model");
    if (baseUrl == null) {
      if (!model.isEmpty()) {
        throw new UserError(
            "llm.chat.model = %s has no endpoint; set llm.chat.baseUrl too, as in https://api.openai.com/v1"
                .formatted(model));
      }
      return Optional.empty();
    }
    return Optional.of(
        new OpenAiChatConfig(
            address(baseUrl),
            model,
            settings.optional("llm.chat.apiKey"),
            settings.duration("llm.chat.firstToken"),
            settings.duration("llm.chat.betweenTokens"),
            settings.whole("llm.chat.maxTokens"),
            settings.isSet("llm.chat.temperature") ? settings.number("llm.chat.temperature") : null,
            settings.optional("llm.chat.reasoningEffort"),
            settings.duration("llm.chat.connectTimeout")));
  }

  private static URI address(String baseUrl) {
    try {
      return new URI(baseUrl);
    } catch (URISyntaxException _) {
      throw new UserError(
          "llm.chat.baseUrl is no address; write it as in https://api.openai.com/v1");
    }
  }

  public TtsConfig tts() {
    return new TtsConfig(settings.duration("tts.chunk"), settings.whole("tts.cacheBytes"));
  }

  public EgressConfig egress() {
    return new EgressConfig(
        settings.duration("egress.lead"),
        settings.duration("egress.markEvery"),
        settings.duration("egress.answerWait"),
        settings.duration("egress.reconnectGrace"),
        settings.duration("egress.ackPatience"),
        settings.text("egress.node"),
        settings.text("ingress.media.secret"));
  }

  /// Where "tomorrow" is reckoned.
  public ZoneId zone() {
    String zone = settings.text("nlu.zone");
    try {
      return zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new UserError(
          "nlu.zone = %s is no time zone; write one such as Europe/Berlin or America/New_York"
              .formatted(zone));
    }
  }

  public EngineKind engines() {
    return EngineKind.valueOf(
        settings.choice("engines.kind", EngineKind.names()).toUpperCase(Locale.ROOT));
  }

  /// How long the engines of kind `stub` take.
  public StubDelays stubDelays() {
    return new StubDelays(
        settings.duration("engines.stub.stt"),
        settings.duration("engines.stub.nlu"),
        settings.duration("engines.stub.llm"),
        settings.duration("engines.stub.tts"));
  }

  /// What of the built-in hearing is at work among stub engines.
  public enum StubHearing {
    NONE,
    /// The voice detection, beside a stub recogniser that goes by loudness.
    VAD,
    /// Voice detection and recogniser, as with embedded engines.
    ALL
  }

  public StubHearing stubHearing() {
    boolean isVad = settings.choice("engines.stub.vad", "none", "neural").equals("neural");
    if (settings.choice("engines.stub.recognizer", "stub", "embedded").equals("embedded")) {
      return StubHearing.ALL;
    }
    return isVad ? StubHearing.VAD : StubHearing.NONE;
  }

  /// What the scripted recogniser takes tones for.
  public Map<Integer, String> phrases() {
    Map<Integer, String> phrases = new HashMap<>();
    settings
        .under("engines.phrases.")
        .forEach((id, phrase) -> {
          if (!id.matches("\\d{1,5}") || Integer.parseInt(id) > 0xFFFF) {
            throw new UserError(
                "engines.phrases.%s: a tone's id lies between 0 and 65535".formatted(id));
          }
          phrases.put(Integer.parseInt(id), phrase);
        });
    return phrases;
  }

  /// How much longer than it must the scripted recogniser takes.
  public Duration scriptedDelay() {
    return settings.duration("engines.delay");
  }

  /// Threads that compute.
  public int engineThreads() {
    if (!settings.isSet("engines.threads")) {
      // A recogniser that computes is not to share the cores with itself.
      boolean isWaiting =
          engines() == EngineKind.STUB
              && stubHearing() != StubHearing.ALL
              && stubDelays().keepThreads();
      return isWaiting ? MOST_ENGINE_THREADS : Runtime.getRuntime().availableProcessors();
    }
    int threads = settings.whole("engines.threads");
    if (threads < 1 || threads > MOST_ENGINE_THREADS) {
      throw new UserError(
          "engines.threads = %d must be 1 to %d".formatted(threads, MOST_ENGINE_THREADS));
    }
    return threads;
  }

  public ModelSettings models() {
    ModelSettings usual = ModelSettings.fromEnvironment();
    return new ModelSettings(
        settings.isSet("models.dir") ? settings.path("models.dir") : usual.directory(),
        Optional.ofNullable(settings.optional("models.mirror")).or(usual::mirror));
  }
}
