package dev.voxlog.cli;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.EngineKind;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.cli.settings.StageSettings;
import dev.voxlog.demo.AcmeBackend;
import dev.voxlog.demo.AcmeSettings;
import dev.voxlog.ingress.Ingress;
import dev.voxlog.runtime.AgentPublisher;
import dev.voxlog.runtime.SerdeLogCodec;
import dev.voxlog.runtime.Stage;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import dev.voxlog.schemas.Topic;
import dev.voxlog.testcluster.TestCluster;
import dev.voxlog.testkit.twilio.CallPlan;
import dev.voxlog.testkit.twilio.Switchboard;
import dev.voxlog.testkit.twilio.TwilioCaller;
import dev.voxlog.tts.TtsWorker;
import dev.voxlog.tts.Voice;
import dev.voxlog.tts.scripted.ScriptedVoice;
import dev.voxlog.web.Web;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/// A whole Voxlog in the test's process: broker, registry, Acme, six stages, and a carrier to call
/// it with.
final class Estate implements AutoCloseable {
  private static final List<StageName> STAGES =
      List.of(StageName.STT, StageName.NLU, StageName.LLM, StageName.TTS, StageName.EGRESS);

  private final Closing open = new Closing();
  private final Cluster cluster;
  private final AcmeBackend acme;
  private final AgentBundle agent;
  private final Ingress ingress;
  private final Switchboard switchboard;

  /// Returns when calls can come. `more` are settings over the defaults.
  Estate(Path folder, Path agentFile, Map<String, String> more) {
    this(folder, agentFile, more, Set.of());
  }

  /// The same, with the embedded models in `embedded` whatever kind of engines the others have.
  Estate(Path folder, Path agentFile, Map<String, String> more, Set<StageName> embedded) {
    this(folder, agentFile, more, embedded, ScriptedVoice.WORD);
  }

  /// The same, with a scripted voice that takes so long for a word.
  Estate(
      Path folder,
      Path agentFile,
      Map<String, String> more,
      Set<StageName> embedded,
      Duration scriptedWord) {
    TestCluster local = open.later(TestCluster.start(folder.resolve("kafka")));
    Map<String, String> keys = new HashMap<>(more);
    keys.put("kafka.bootstrap.servers", local.bootstrapServers());
    keys.put("schema.registry.url", local.registryUrl());
    keys.put("ingress.port", "0");
    Settings settings = Settings.of(keys);
    StageSettings stageSettings = new StageSettings(settings);
    cluster = new Cluster(settings);
    acme = open.later(AcmeBackend.start(AcmeSettings.inMemory()));
    System.setProperty("ACME_URL", acme.address().toString());
    agent = AgentBundle.load(agentFile);
    new AgentPublisher(cluster.kafka()).publish(agent);
    SerdeLogCodec codec = open.later(cluster.codec());
    codec.warmUp();
    StageMaker maker = open.later(new StageMaker(stageSettings, System.out::println));
    keys.put("engines.kind", "embedded");
    StageMaker models =
        open.later(new StageMaker(new StageSettings(Settings.of(keys)), System.out::println));
    Workers workers =
        open.later(new Workers(cluster.kafka(), codec, stageSettings.engineThreads()));
    List<CompletableFuture<?>> prepared = new ArrayList<>();
    for (StageName name : STAGES) {
      boolean isTone = name == StageName.TTS && stageSettings.engines() == EngineKind.SCRIPTED;
      Stage stage =
          isTone && !embedded.contains(name)
              ? tones(stageSettings, scriptedWord)
              : (embedded.contains(name) ? models : maker).make(name);
      prepared.add(StageMaker.prepare(stage, agent));
      workers.start(stage);
    }
    ingress =
        open.later(
            Ingress.start(
                stageSettings.ingress(
                    Answering.of(agent.key(), Map.of(), List.of(agent), stageSettings), "test"),
                cluster.kafka(),
                codec));
    Web web =
        open.later(
            Web.open(
                stageSettings.webOfIngress(List.of(agent.agent().name()), "test"),
                cluster.kafka(),
                codec));
    ingress.serve(web::handle);
    switchboard = open.later(new Switchboard());
    prepared.forEach(CompletableFuture::join);
    int partitions = cluster.topics().spec(Topic.CALLS.id()).partitions();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            workers.runners().stream()
                .allMatch(each -> each.isReady() && each.partitions().size() == partitions));
  }

  /// One with scripted engines, which hear each phrase by its tone, a voice that takes so long for
  /// a word, an agent that is patient, and these orders.
  static Estate scripted(
      Path folder, TestOrders orders, Map<Integer, String> phrases, Duration word) {
    Map<String, String> keys = new HashMap<>();
    keys.put("engines.kind", "scripted");
    phrases.forEach((tone, phrase) -> keys.put("engines.phrases." + tone, phrase));
    Estate estate = new Estate(folder, TestAgents.patient(folder), keys, Set.of(), word);
    orders.all().forEach(estate.acme()::put);
    return estate;
  }

  private static Stage tones(StageSettings settings, Duration perWord) {
    List<Voice> one = List.of(new ScriptedVoice(perWord));
    boolean isUsual = perWord.equals(ScriptedVoice.WORD);
    return new TtsWorker(settings.tts(), isUsual ? ScriptedVoice.voices() : _ -> one);
  }

  AcmeBackend acme() {
    return acme;
  }

  AgentBundle agent() {
    return agent;
  }

  Cluster cluster() {
    return cluster;
  }

  Ingress ingress() {
    return ingress;
  }

  /// A call on a perfect line to the voice webhook.
  TwilioCaller call() {
    return switchboard.call(plan());
  }

  /// The same from a number.
  TwilioCaller call(String from) {
    CallPlan usual = plan();
    CallPlan.Identity who = usual.identity();
    return switchboard.call(
        usual.with(new CallPlan.Identity(who.callSid(), who.accountSid(), from, who.to())));
  }

  private CallPlan plan() {
    return CallPlan.to(URI.create("http://127.0.0.1:" + ingress.port() + "/twilio/voice"));
  }

  /// The log as it is now.
  WholeLog log() {
    return WholeLog.read(cluster);
  }

  /// The facts of a call as they are now, of one type.
  <T extends CallEvent> List<T> facts(CallId call, Class<T> type) {
    return WholeLog.read(cluster, Topic.CALLS).of(call, type);
  }

  static CallId idOf(TwilioCaller caller) {
    return new CallId("twilio-" + caller.callSid());
  }

  @Override
  public void close() {
    open.close();
  }
}
