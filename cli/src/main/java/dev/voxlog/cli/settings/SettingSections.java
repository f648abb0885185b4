package dev.voxlog.cli.settings;

import static dev.voxlog.cli.settings.Setting.Kind.DURATION;
import static dev.voxlog.cli.settings.Setting.Kind.FAMILY;
import static dev.voxlog.cli.settings.Setting.Kind.FOLDER;
import static dev.voxlog.cli.settings.Setting.Kind.NUMBER;
import static dev.voxlog.cli.settings.Setting.Kind.PORT;
import static dev.voxlog.cli.settings.Setting.Kind.SECRET;
import static dev.voxlog.cli.settings.Setting.Kind.TEXT;
import static dev.voxlog.cli.settings.Setting.Kind.WHOLE;

import dev.voxlog.agent.Durations;
import dev.voxlog.egress.EgressConfig;
import dev.voxlog.stt.SttConfig;
import dev.voxlog.tts.TtsConfig;
import java.time.Duration;
import java.util.List;

/// What the table holds: every key with its kind, default and meaning, by section.
final class SettingSections {
  private static final SttConfig STT = SttConfig.DEFAULT;
  private static final EgressConfig EGRESS = EgressConfig.DEFAULT;
  private static final TtsConfig TTS = TtsConfig.DEFAULT;

  static final List<SettingTable.Section> ALL =
      List.of(
          section(
              "Kafka",
              setting(
                  "kafka.bootstrap.servers",
                  TEXT,
                  "127.0.0.1:9092",
                  "The brokers to begin with, separated by commas."),
              setting(
                  "kafka.*",
                  FAMILY,
                  "",
                  "Any property of Kafka's clients, given to all of them: `kafka.security.protocol`."),
              setting(
                  "groups.prefix",
                  TEXT,
                  "voxlog-",
                  "What stands before a stage's name in its consumer group."),
              setting(
                  "groups.protocol",
                  TEXT,
                  "consumer",
                  "`consumer` for brokers from 4.0 on, `classic` for older and foreign ones."),
              setting(
                  "groups.session",
                  DURATION,
                  "1s",
                  "How long a silent member stays in its group. Asked for under `classic`; under `consumer` the broker decides,"
                      + " and this must say what it decided.")),
          section(
              "Topics",
              setting("topics.prefix", TEXT, "", "What stands before every topic's name."),
              setting(
                  "topics.partitions",
                  WHOLE,
                  "6",
                  "Partitions of every topic, fixed for the life of a prefix."),
              setting(
                  "topics.replication",
                  TEXT,
                  "-1",
                  "Copies of every topic; -1 leaves it to the brokers."),
              setting(
                  "topics.*",
                  FAMILY,
                  "",
                  "`topics.config.<kafka key>` for every topic; `topics.<topic>.name` and `topics.<topic>.config.<kafka key>` for"
                      + " one.")),
          section(
              "Schema registry",
              setting(
                  "schema.registry.url",
                  TEXT,
                  "http://127.0.0.1:8081",
                  "The registries to try, separated by commas."),
              setting(
                  "auto.register.schemas",
                  TEXT,
                  "true",
                  "Whether a writer registers its schema if it is not there yet."),
              setting(
                  "use.latest.version",
                  TEXT,
                  "false",
                  "Whether values are written in the latest registered layout, where"
                      + " `auto.register.schemas` is `false`."),
              setting(
                  "basic.auth.credentials.source",
                  TEXT,
                  "URL",
                  "`USER_INFO` to log in with `basic.auth.user.info`, else `URL`."),
              setting("basic.auth.user.info", SECRET, "", "user:password for the registry."),
              setting(
                  "schema.registry.*",
                  FAMILY,
                  "",
                  "Any further property of the registry's client: `schema.registry.ssl.*`."),
              setting(
                  "serde.serializer",
                  TEXT,
                  "",
                  "Another class that turns values into bytes, such as Confluent's."),
              setting("serde.deserializer", TEXT, "", "Its counterpart."),
              setting(
                  "serde.*", FAMILY, "", "Any further property of that pair, without the prefix.")),
          IngressSection.INGRESS,
          WebSection.WEB,
          section(
              "Hearing",
              setting(
                  "stt.minSpeech",
                  DURATION,
                  text(STT.minSpeech()),
                  "Voiced audio that begins an utterance."),
              setting(
                  "stt.preRoll",
                  DURATION,
                  text(STT.preRoll()),
                  "Audio before and after an utterance that is decoded with it."),
              setting(
                  "stt.speculateAfter",
                  DURATION,
                  text(STT.speculateAfter()),
                  "Silence that starts the final decode ahead."),
              setting(
                  "stt.firstInterim",
                  DURATION,
                  text(STT.firstInterim()),
                  "Speech before the first interim words."),
              setting(
                  "stt.interimEvery",
                  DURATION,
                  text(STT.interimEvery()),
                  "Speech between further interim words."),
              setting(
                  "stt.maxUtterance",
                  DURATION,
                  text(STT.maxUtterance()),
                  "Where an utterance is cut."),
              setting(
                  "stt.noSpeechRejection",
                  NUMBER,
                  text(STT.noSpeechRejection()),
                  "How sure of `no speech` the model must be to" + " drop what it heard.")),
          section(
              "Speaking",
              setting(
                  "tts.chunk",
                  DURATION,
                  text(TTS.chunk()),
                  "The usual length of an audio record, whole frames of 20 ms."),
              setting(
                  "tts.cacheBytes",
                  WHOLE,
                  text(TTS.cacheBytes()),
                  "How much speech is kept for the next time.")),
          section(
              "Playing",
              setting(
                  "egress.lead",
                  DURATION,
                  text(EGRESS.lead()),
                  "How far audio is sent ahead of what the caller hears."),
              setting(
                  "egress.markEvery",
                  DURATION,
                  text(EGRESS.markEvery()),
                  "Audio after which the carrier is asked how far it is."),
              setting(
                  "egress.answerWait",
                  DURATION,
                  text(EGRESS.answerWait()),
                  "How long an utterance's answer is waited for."),
              setting(
                  "egress.reconnectGrace",
                  DURATION,
                  text(EGRESS.reconnectGrace()),
                  "How long a call whose stream is gone may take to" + " come back."),
              setting(
                  "egress.ackPatience",
                  DURATION,
                  text(EGRESS.ackPatience()),
                  "How late a mark may come back."),
              setting("egress.node", TEXT, EGRESS.node(), "What ingress nodes call this egress.")),
          DialogueSections.DIALOGUE,
          DialogueSections.MODEL,
          section(
              "Engines and models",
              setting(
                  "engines.kind",
                  TEXT,
                  "embedded",
                  "`embedded`; `scripted` for tones in place of voices, without models; `stub` for none at all, to measure the platform alone."),
              setting(
                  "engines.phrases.*",
                  FAMILY,
                  "",
                  "`engines.phrases.<id>`: what the scripted recogniser takes the tone of that id for."),
              setting(
                  "engines.delay",
                  DURATION,
                  "0ms",
                  "How much longer each decode of the scripted recogniser takes, for trying what a slow engine does."),
              setting(
                  "engines.stub.stt",
                  DURATION,
                  "0ms",
                  "How long a stub recogniser takes for the words."),
              setting("engines.stub.nlu", DURATION, "0ms", "How long stub understanding takes."),
              setting(
                  "engines.stub.llm",
                  DURATION,
                  "0ms",
                  "How long a stub model takes to its first token."),
              setting(
                  "engines.stub.tts",
                  DURATION,
                  "0ms",
                  "How long a stub voice takes to a sentence's first audio."),
              setting(
                  "engines.stub.vad",
                  TEXT,
                  "none",
                  "`neural` has the built-in voice detection at work beside a stub recogniser, for what it costs; loudness decides all"
                      + " the same."),
              setting(
                  "engines.stub.recognizer",
                  TEXT,
                  "stub",
                  "`embedded` has the built-in voice detection and recogniser hear, while all other engines stay stubs, for what hearing"
                      + " costs; `engines.stub.stt` and `engines.stub.vad` are then without effect."),
              setting(
                  "engines.threads",
                  WHOLE,
                  "",
                  "Threads that compute; one for each core if not set, and as many as may be for stub engines that take time."),
              setting(
                  "models.dir",
                  FOLDER,
                  "~/.cache/voxlog/models",
                  "Where models are kept once fetched."),
              setting(
                  "models.mirror", TEXT, "", "A folder or web address to take models from first.")),
          section(
              "A worker's health",
              setting(
                  "health.host",
                  TEXT,
                  "127.0.0.1",
                  "Where `/health/live` and `/health/ready` are served."),
              setting("health.port", PORT, "0", "The port for that; it is printed at the start.")),
          section(
              "Everything on this machine",
              setting(
                  "local.data",
                  FOLDER,
                  ".voxlog",
                  "What `voxlog run` keeps: topics, schemas, the demo's database, logs."),
              setting(
                  "local.agent",
                  TEXT,
                  "demo/acme/agent.yaml",
                  "The agent file that `voxlog run` publishes and answers with."),
              setting(
                  "local.brokerPort",
                  PORT,
                  "9092",
                  "The embedded broker's port, or the first broker's."),
              setting(
                  "local.brokers",
                  WHOLE,
                  "1",
                  "How many brokers, on consecutive ports: 1, 3, 5, 7 or 9. With 3 or more every topic has three copies; fixed for the life of a data folder."),
              setting("local.registryPort", PORT, "8081", "The embedded registry's port."),
              setting("local.acmePort", PORT, "8090", "The demo agent's backend.")));

  private SettingSections() {}

  static SettingTable.Section section(String title, Setting... settings) {
    return new SettingTable.Section(title, List.of(settings));
  }

  static Setting setting(String key, Setting.Kind kind, String standard, String meaning) {
    return new Setting(key, kind, standard, meaning);
  }

  static String text(Duration duration) {
    return Durations.format(duration);
  }

  static String text(Number number) {
    return number.toString();
  }
}
