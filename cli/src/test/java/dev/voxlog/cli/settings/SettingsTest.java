package dev.voxlog.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.ingress.IngressConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings from every source, and what is refused.
class SettingsTest {
  @TempDir Path folder;

  private Settings read(
      String fileName, String text, Map<String, String> variables, String... arguments)
      throws IOException {
    Path file = folder.resolve(fileName);
    Files.writeString(file, text);
    return Settings.read(new Settings.Given(file, variables, List.of(arguments)));
  }

  private static Settings arguments(String... arguments) {
    return Settings.read(new Settings.Given(null, Map.of(), List.of(arguments)));
  }

  @Test
  void argumentsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Settings settings =
        read(
            "a.yaml",
            "ingress: {port: 1, media.port: 2}\nhealth.port: 3\n",
            Map.of("VOXLOG_INGRESS_MEDIA_PORT", "22", "VOXLOG_HEALTH_PORT", "33"),
            "health.port=333");
    assertThat(settings.whole("ingress.port")).isEqualTo(1);
    assertThat(settings.whole("ingress.media.port")).isEqualTo(22);
    assertThat(settings.whole("health.port")).isEqualTo(333);
  }

  @Test
  void yamlNestingAndDotsAreTheSameAndListsAreJoined() throws IOException {
    Settings settings =
        read(
            "a.yaml",
            "kafka:\n  bootstrap:\n    servers: [a:1, b:2]\ntopics.audio.in.config:\n  retention.ms: 60000\n",
            Map.of());
    Cluster cluster = new Cluster(settings);
    assertThat(cluster.bootstrapServers()).isEqualTo("a:1,b:2");
    assertThat(cluster.topics().spec("audio.in").configs()).containsEntry("retention.ms", "60000");
  }

  @Test
  void propertiesFilesAreReadAsTheyAre() throws IOException {
    Settings settings =
        read("a.properties", "stt.minSpeech = 300ms\nkafka.security.protocol=SSL\n", Map.of());
    assertThat(settings.duration("stt.minSpeech")).isEqualTo(Duration.ofMillis(300));
    assertThat(new Cluster(settings).kafka().admin()).containsEntry("security.protocol", "SSL");
  }

  @Test
  void everyKeyHasAnEnvironmentVariableThatSetsIt() {
    SettingTable.all()
        .filter(setting -> !setting.isFamily())
        .forEach(setting -> {
          String value = setting.standard().isEmpty() ? "7" : setting.standard();
          Settings settings =
              Settings.read(
                  new Settings.Given(
                      null, Map.of(Sources.variable(setting.key()), value), List.of()));
          assertThat(settings.text(setting.key())).as(setting.key()).isEqualTo(value);
        });
  }

  @Test
  void kafkaPropertiesComeFromTheEnvironment() {
    Settings settings =
        Settings.read(
            new Settings.Given(
                null,
                Map.of(
                    "VOXLOG_KAFKA_SASL_MECHANISM",
                    "PLAIN",
                    "VOXLOG_KAFKA_BOOTSTRAP_SERVERS",
                    "k:9092"),
                List.of()));
    assertThat(new Cluster(settings).kafka().admin())
        .containsEntry("sasl.mechanism", "PLAIN")
        .containsEntry("bootstrap.servers", "k:9092");
  }

  @Test
  void whatKubernetesPutsIntoTheEnvironmentIsNoSetting() {
    Map<String, String> variables =
        Map.of(
            "VOXLOG_INGRESS_PORT",
            "tcp://10.0.0.1:8080",
            "VOXLOG_INGRESS_SERVICE_HOST",
            "10.0.0.1");
    assertThat(Settings.read(new Settings.Given(null, variables, List.of())).whole("ingress.port"))
        .isEqualTo(8080);
    assertThat(Settings.warnings(variables)).isEmpty();
  }

  @Test
  void aVariableThatSetsNothingIsNamedWithTheOneThatWasMeant() {
    assertThat(Settings.warnings(Map.of("VOXLOG_INGRESS_PROT", "1")))
        .containsExactly(
            "environment variable VOXLOG_INGRESS_PROT sets nothing; did you mean VOXLOG_INGRESS_PORT?");
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestKnownOne() {
    assertThatThrownBy(() -> arguments("ingress.prot=1"))
        .isInstanceOf(UserError.class)
        .hasMessage("--set: there is no key ingress.prot; did you mean ingress.port?");
    assertThatThrownBy(() -> arguments("kafka.boostrap.servers=a:1"))
        .hasMessage(
            "--set: there is no key kafka.boostrap.servers; did you mean kafka.bootstrap.servers?");
    assertThatThrownBy(() -> arguments("completely.different=1"))
        .hasMessageContaining("docs/configuration.md lists all keys");
  }

  @Test
  void keysOfPlugInsAreNotTakenForMistakes() {
    assertThat(new Cluster(arguments("kafka.my.login.tenant=acme")).kafka().admin())
        .containsEntry("my.login.tenant", "acme");
  }

  @Test
  void aValueOfTheWrongKindIsRefusedWithKeyValueAndDefault() {
    assertThatThrownBy(() -> arguments("ingress.port=80800"))
        .hasMessage(
            "--set: ingress.port = '80800' is no port, 0 for any free one; the default is 8080");
    assertThatThrownBy(() -> arguments("stt.minSpeech=200"))
        .hasMessageContaining("stt.minSpeech = '200' is no duration, such as 300ms");
  }

  @Test
  void whatTheFileSaysWrongIsToldWithTheFileAndLine() {
    assertThatThrownBy(() -> read("bad.yaml", "ingress:\n  port: [1\n", Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("bad.yaml: line ");
    assertThatThrownBy(() ->
            Settings.read(new Settings.Given(folder.resolve("none.yaml"), Map.of(), List.of())))
        .hasMessageContaining("does not exist; name a .properties or .yaml file");
  }

  @Test
  void valuesNameVariablesSoThatSecretsStayOutOfFiles() throws IOException {
    Settings settings =
        read(
            "a.yaml",
            "ingress.authToken: ${TOKEN}\nhealth.host: ${WHERE:-127.0.0.2}\n",
            Map.of("TOKEN", "s3cret"));
    assertThat(settings.text("ingress.authToken")).isEqualTo("s3cret");
    assertThat(settings.text("health.host")).isEqualTo("127.0.0.2");
    assertThatThrownBy(() -> read("a.yaml", "ingress.authToken: ${TOKEN}\n", Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ingress.authToken: environment variable TOKEN is not set");
  }

  @Test
  void secretsAreNotHandedOn() {
    Settings settings =
        arguments("ingress.authToken=s3cret", "kafka.sasl.jaas.config=x", "ingress.port=1");
    assertThat(settings.shareable()).containsOnlyKeys("ingress.port");
  }

  @Test
  void certificateAndKeyGoTogetherAndOtherCommandsHearOfBoth() throws IOException {
    Path file = Files.writeString(folder.resolve("any.pem"), "");
    String cert = "ingress.tls.cert=" + file;
    String key = "ingress.tls.key=" + file;
    assertThatThrownBy(() -> ingress(arguments(cert)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ingress.tls.key is not set");
    assertThat(ingress(arguments(cert, key)).tls()).isPresent();
    assertThat(arguments(cert, key).shareable())
        .containsOnlyKeys("ingress.tls.cert", "ingress.tls.key");
    assertThatThrownBy(() -> ingress(arguments(cert, "ingress.tls.key=/nowhere.pem")))
        .hasMessageContaining("ingress.tls.key is /nowhere.pem");
  }

  @Test
  void tokensAndOriginsAreLists() {
    IngressConfig.Realtime realtime =
        ingress(
                arguments(
                    "ingress.realtime.tokens=0123456789abcdef, fedcba9876543210",
                    "ingress.realtime.origins=https://a.example.com"))
            .web()
            .realtime();
    assertThat(realtime.tokens()).containsExactly("0123456789abcdef", "fedcba9876543210");
    assertThat(realtime.origins()).containsExactly("https://a.example.com");
    assertThat(arguments("ingress.realtime.tokens=0123456789abcdef").shareable()).isEmpty();
  }

  private static IngressConfig ingress(Settings settings) {
    return new StageSettings(settings).ingress(new IngressConfig.Agents("acme@1", Map.of()), "1.0");
  }

  @Test
  void theStagesOwnDefaultsAreTheDefaults() {
    StageSettings settings = new StageSettings(Settings.of(Map.of()));
    assertThat(settings.stt()).isEqualTo(dev.voxlog.stt.SttConfig.DEFAULT);
    assertThat(settings.llm()).isEqualTo(dev.voxlog.llm.LlmConfig.DEFAULT);
    assertThat(settings.tts()).isEqualTo(dev.voxlog.tts.TtsConfig.DEFAULT);
    assertThat(settings.egress()).isEqualTo(dev.voxlog.egress.EgressConfig.DEFAULT);
  }

  @Test
  void amongStubsTheBuiltInHearingMayBeAtWorkInPartOrWhole() {
    assertThat(hearing()).isEqualTo(StageSettings.StubHearing.NONE);
    assertThat(hearing("engines.stub.vad=neural")).isEqualTo(StageSettings.StubHearing.VAD);
    assertThat(hearing("engines.stub.recognizer=embedded"))
        .isEqualTo(StageSettings.StubHearing.ALL);
    assertThatThrownBy(() -> hearing("engines.stub.recognizer=moonshine"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("engines.stub.recognizer")
        .hasMessageContaining("embedded");
  }

  @Test
  void stubsThatTakeTimeWaitOnManyThreadsButARecogniserThatComputesHasTheCoresAlone() {
    int cores = Runtime.getRuntime().availableProcessors();
    String[] slow = {"engines.kind=stub", "engines.stub.stt=100ms"};
    assertThat(new StageSettings(arguments(slow)).engineThreads()).isGreaterThan(cores);
    String[] hearing = {slow[0], slow[1], "engines.stub.recognizer=embedded"};
    assertThat(new StageSettings(arguments(hearing)).engineThreads()).isEqualTo(cores);
  }

  private static StageSettings.StubHearing hearing(String... arguments) {
    return new StageSettings(arguments(arguments)).stubHearing();
  }

  @Test
  void registryKeysReachTheSerializersUnderTheirUsualNames() {
    Cluster cluster =
        new Cluster(
            arguments(
                "schema.registry.url=https://r",
                "schema.registry.ssl.truststore.location=t",
                "auto.register.schemas=false",
                "serde.serializer=com.example.Pair",
                "serde.value.subject.name.strategy=x"));
    assertThat(cluster.registry())
        .containsEntry("schema.registry.url", "https://r")
        .containsEntry("schema.registry.ssl.truststore.location", "t")
        .containsEntry("auto.register.schemas", "false")
        .containsEntry("value.serializer", "com.example.Pair")
        .containsEntry("value.subject.name.strategy", "x");
  }
}
