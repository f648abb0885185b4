package dev.voxlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.schemas.TopicSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Our registry, and what only it promises.
@Timeout(120)
class OurRegistryIT extends RegistryContract {
  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static SchemaRegistry server;

  @BeforeAll
  static void start() {
    broker = new EmbeddedBroker(directory, 0, Map.of());
    server = SchemaRegistry.start(config());
  }

  @AfterAll
  static void stop() {
    server.close();
    broker.close();
  }

  private static RegistryConfig config() {
    return RegistryConfig.local(0, broker.bootstrapServers());
  }

  @Override
  String url() {
    return server.url();
  }

  @Test
  void answersCarryConfluentsMediaType() {
    assertThat(registry.get("/subjects").contentType())
        .isEqualTo("application/vnd.schemaregistry.v1+json");
    assertThat(registry.get("/subjects/none/versions").contentType())
        .isEqualTo("application/vnd.schemaregistry.v1+json");
  }

  @Test
  void whiteSpaceAndTheOrderOfAttributesMakeNoOtherSchema() {
    int id = register(POINT).body().get("id").asInt();
    String same = "{ 'name':'POINT', 'fields':[ {'type':'int','name':'x'} ], 'type':'record'}";

    assertThat(register(same).body().get("id").asInt()).isEqualTo(id);
  }

  @Test
  void aSubjectWithoutALevelOfItsOwnSaysSoOrFallsBack() {
    assertThat(registry.get("/config/none")).satisfies(error(404, 40408));
    assertThat(registry.get("/config/none?defaultToGlobal=true").body())
        .isEqualTo(registry.get("/config").body());
    registry.delete("/config/" + subject);
    assertThat(registry.get("/config/" + subject)).satisfies(error(404, 40408));
  }

  @Test
  void aVerboseCheckNamesWhatDoesNotFit() {
    register(POINT);
    registry.put("/config/" + subject, "{'compatibility':'FULL'}");

    JsonNode verdict =
        registry
            .postSchema(
                "/compatibility/subjects/" + subject + "/versions/latest?verbose=true",
                own(DEMANDING))
            .body();
    assertThat(verdict.get("messages").toString())
        .contains("READER_FIELD_MISSING_DEFAULT_VALUE")
        .contains("y")
        .contains("version 1");
  }

  @Test
  void whatItCannotDoIsRefusedByCode() {
    register(POINT);
    String versions = "/subjects/" + subject + "/versions";

    assertThat(registry.get(versions + "/zero")).satisfies(error(422, 42202));
    assertThat(registry.post(versions, "{\"schema\":\"\",\"schemaType\":\"PROTOBUF\"}"))
        .satisfies(error(422, 42201));
    assertThat(registry.post(versions, "no json")).satisfies(error(422, 42201));
    assertThat(registry.delete("/subjects/" + subject + "?permanent=true"))
        .satisfies(error(422, 42205));
    assertThat(registry.get("/no/such/path")).satisfies(error(404, 404));
    assertThat(registry.delete("/subjects")).satisfies(error(405, 405));
    assertThat(registry.post(versions, "x".repeat(5 << 20))).satisfies(error(413, 413));
    assertThat(registry.get(versions).body().toString()).isEqualTo("[1]");
  }

  @Test
  void subjectsWithOddNamesAreKeptApart() {
    String odd = "/subjects/a%2Fb%20c+d-" + name;

    assertThat(registry.postSchema(odd + "/versions", own(POINT)).status()).isEqualTo(200);
    assertThat(registry.get("/subjects").texts()).contains("a/b c+d-" + name);
    assertThat(registry.get(odd + "/versions/1").status()).isEqualTo(200);
  }

  @Test
  void everythingIsThereAgainAfterARestart() {
    int id = register(POINT).body().get("id").asInt();
    int deleted = register(EMPTY).body().get("id").asInt();
    registry.delete("/subjects/" + subject + "/versions/2");
    registry.put("/config/" + subject, "{'compatibility':'FULL_TRANSITIVE'}");

    server.close();
    server = SchemaRegistry.start(config());
    registry = new RegistryProbe(server.url());

    JsonNode latest = registry.get("/subjects/" + subject + "/versions/latest").body();
    assertThat(latest.get("id").asInt()).isEqualTo(id);
    assertThat(latest.get("version").asInt()).isEqualTo(1);
    assertThat(registry.get("/schemas/ids/" + deleted).status()).isEqualTo(200);
    assertThat(registry.get("/config/" + subject).body().get("compatibilityLevel").asText())
        .isEqualTo("FULL_TRANSITIVE");
    assertThat(register(DEMANDING)).satisfies(error(409, 409));
    assertThat(register(WITH_DEFAULT).body().get("id").asInt()).isGreaterThan(deleted);
  }

  @Test
  void twoRegistriesOnOneTopicNeverGiveAnIdTwice() {
    try (SchemaRegistry second = SchemaRegistry.start(config())) {
      RegistryProbe other = new RegistryProbe(second.url());
      String path = "/subjects/" + subject + "/versions";
      int a = registry.postSchema(path, own(POINT)).body().get("id").asInt();
      int b = other.postSchema(path, own(EMPTY)).body().get("id").asInt();
      int c = registry.postSchema(path, own(WITH_DEFAULT)).body().get("id").asInt();
      int d = other.postSchema(path, own(DEMANDING)).body().get("id").asInt();

      assertThat(new int[] {a, b, c, d}).doesNotHaveDuplicates();
      assertThat(other.get(path).body().toString()).isEqualTo("[1,2,3,4]");
    }
  }

  @Test
  void aTopicOfAnotherProgramIsLeftAloneAndNamed() throws Exception {
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(kafka);
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
      new TopicSetup(admin)
          .apply(
              List.of(
                  new TopicSpec("_schemas", 1, (short) 1, Map.of("cleanup.policy", "compact"))));
      String foreign = "{\"keytype\":\"SCHEMA\",\"subject\":\"a\",\"version\":1,\"magic\":1}";
      producer.send(new ProducerRecord<>("_schemas", foreign, "{\"subject\":\"a\"}")).get();
    }

    assertThatThrownBy(
            () -> SchemaRegistry.start(new RegistryConfig("127.0.0.1", 0, kafka, "_schemas")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("_schemas holds records of another program")
        .hasMessageContaining("another topic");
  }

  @Test
  void onlyLoopbackIsListenedOn() {
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());

    assertThatThrownBy(() -> new RegistryConfig("0.0.0.0", 0, kafka, RegistryConfig.TOPIC))
        .hasMessageContaining("registry.host is 0.0.0.0")
        .hasMessageContaining("127.0.0.1");
  }
}
