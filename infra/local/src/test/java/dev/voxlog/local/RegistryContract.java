package dev.voxlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.local.RegistryProbe.Answer;
import dev.voxlog.schemas.registry.RegistryException;
import dev.voxlog.schemas.registry.RegistrySettings;
import dev.voxlog.schemas.registry.SchemaRegistryClient;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Confluent's REST API promises, held against any registry that claims to speak it.
///
/// Each test has a subject of its own, for registries forget nothing.
abstract class RegistryContract {
  /// A point; then one with a further field that has a default, one whose further field has none,
  /// and one that has lost its field.
  static final String POINT = record("{'name':'x','type':'int'}");

  static final String WITH_DEFAULT =
      record("{'name':'x','type':'int'},{'name':'y','type':'int','default':0}");
  static final String DEMANDING = record("{'name':'x','type':'int'},{'name':'y','type':'int'}");
  static final String EMPTY = record("");

  private static final AtomicInteger TESTS = new AtomicInteger();

  RegistryProbe registry;
  String name;

  /// The registry under test, as clients take it.
  abstract String url();

  @BeforeEach
  void takeASubject() {
    registry = new RegistryProbe(url());
    int number = TESTS.incrementAndGet();
    name = "Point" + number;
    subject = "points" + number + "-value";
    registry.put("/config/" + subject, "{'compatibility':'NONE'}");
  }

  String subject;

  private static String record(String fields) {
    return "{'type':'record','name':'POINT','fields':[" + fields + "]}";
  }

  /// The schema under a name of this test's own, so that its ids are, too.
  String own(String schema) {
    return schema.replace("POINT", name).replace('\'', '"');
  }

  Answer register(String schema) {
    return registry.postSchema("/subjects/" + subject + "/versions", own(schema));
  }

  private void hold(String level) {
    assertThat(registry.put("/config/" + subject, "{'compatibility':'" + level + "'}").status())
        .isEqualTo(200);
  }

  @Test
  void aSchemaIsFoundBySchemaByIdAndByVersion() {
    int id = register(POINT).body().get("id").asInt();

    JsonNode version = registry.get("/subjects/" + subject + "/versions/1").body();
    assertThat(version.get("subject").asText()).isEqualTo(subject);
    assertThat(version.get("version").asInt()).isEqualTo(1);
    assertThat(version.get("id").asInt()).isEqualTo(id);
    assertThat(parsed(version)).isEqualTo(new Schema.Parser().parse(own(POINT)));
    assertThat(registry.postSchema("/subjects/" + subject, own(POINT)).body()).isEqualTo(version);
    assertThat(registry.get("/subjects/" + subject + "/versions/latest").body()).isEqualTo(version);
    assertThat(parsed(registry.get("/schemas/ids/" + id).body())).isEqualTo(parsed(version));
    assertThat(registry.get("/subjects").texts()).contains(subject);
  }

  private static Schema parsed(JsonNode answer) {
    return new Schema.Parser().parse(answer.get("schema").asText());
  }

  @Test
  void theBareSchemaAndItsUsesAreToldById() throws Exception {
    int id = register(POINT).body().get("id").asInt();

    JsonNode bare = RegistryProbe.JSON.readTree(own(POINT));
    assertThat(registry.get("/schemas/ids/" + id + "/schema").body()).isEqualTo(bare);
    assertThat(registry.get("/subjects/" + subject + "/versions/1/schema").body()).isEqualTo(bare);
    assertThat(registry.get("/schemas/ids/" + id + "/subjects").texts()).containsExactly(subject);
    JsonNode uses = registry.get("/schemas/ids/" + id + "/versions").body();
    assertThat(uses.toString()).isEqualTo("[{\"subject\":\"" + subject + "\",\"version\":1}]");
  }

  @Test
  void anEqualSchemaHasTheSameIdAndNoNewVersion() {
    int id = register(POINT).body().get("id").asInt();

    assertThat(register(POINT).body().get("id").asInt()).isEqualTo(id);
    assertThat(registry.get("/subjects/" + subject + "/versions").body().toString())
        .isEqualTo("[1]");
    String other = "/subjects/other-" + subject + "/versions";
    assertThat(registry.postSchema(other, own(POINT)).body().get("id").asInt()).isEqualTo(id);
    assertThat(registry.get("/schemas/ids/" + id + "/subjects").texts())
        .containsExactlyInAnyOrder(subject, "other-" + subject);
  }

  @Test
  void versionsAreNumberedAndTheLatestIsTheLast() {
    int first = register(POINT).body().get("id").asInt();
    int second = register(WITH_DEFAULT).body().get("id").asInt();

    assertThat(second).isNotEqualTo(first);
    assertThat(registry.get("/subjects/" + subject + "/versions").body().toString())
        .isEqualTo("[1,2]");
    assertThat(registry.get("/subjects/" + subject + "/versions/latest").body().get("id").asInt())
        .isEqualTo(second);
  }

  @ParameterizedTest(name = "{0}: {1} after the point is allowed: {2}")
  @CsvSource({
    "NONE, DEMANDING, true",
    "BACKWARD, WITH_DEFAULT, true",
    "BACKWARD, DEMANDING, false",
    "BACKWARD, EMPTY, true",
    "FORWARD, DEMANDING, true",
    "FORWARD, EMPTY, false",
    "FULL, WITH_DEFAULT, true",
    "FULL, DEMANDING, false",
    "FULL, EMPTY, false",
    "FULL_TRANSITIVE, WITH_DEFAULT, true",
    "FULL_TRANSITIVE, DEMANDING, false"
  })
  void theLevelDecidesWhatMayFollow(String level, String which, boolean isAllowed) {
    String next = own(schema(which));
    register(POINT);
    hold(level);

    String check = "/compatibility/subjects/" + subject + "/versions/";
    for (String against : new String[] {"latest", "1"}) {
      Answer verdict = registry.postSchema(check + against, next);
      assertThat(verdict.body().get("is_compatible").asBoolean()).isEqualTo(isAllowed);
    }
    Answer registered = registry.postSchema("/subjects/" + subject + "/versions", next);
    assertThat(registered.status()).isEqualTo(isAllowed ? 200 : 409);
    if (!isAllowed) {
      assertThat(registered.errorCode()).isEqualTo(409);
      assertThat(registry.get("/subjects/" + subject + "/versions").body()).hasSize(1);
    }
  }

  private static String schema(String which) {
    return switch (which) {
      case "WITH_DEFAULT" -> WITH_DEFAULT;
      case "DEMANDING" -> DEMANDING;
      case "EMPTY" -> EMPTY;
      default -> throw new IllegalArgumentException(which);
    };
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"BACKWARD, 200", "BACKWARD_TRANSITIVE, 409", "FULL, 200", "FULL_TRANSITIVE, 409"})
  void onlyATransitiveLevelLooksBeyondTheLatest(String level, int status) {
    register(record("{'name':'y','type':['null','string'],'default':null}"));
    register(POINT);
    register(record("{'name':'x','type':'int','default':1}"));
    hold(level);

    // Agrees with version 3, but reads version 1's y as a number.
    String next =
        record(
            "{'name':'x','type':'int','default':1},{'name':'y','type':['null','int'],'default':null}");
    assertThat(register(next).status()).isEqualTo(status);
  }

  @Test
  void aNewSubjectTakesAnything() {
    String check = "/compatibility/subjects/new-" + subject + "/versions/latest";

    assertThat(registry.postSchema(check, own(POINT)).body().get("is_compatible").asBoolean())
        .isTrue();
  }

  @Test
  void whatIsNotThereIsToldByCode() {
    register(POINT);

    assertThat(registry.get("/subjects/none/versions")).satisfies(error(404, 40401));
    assertThat(registry.get("/subjects/none/versions/1")).satisfies(error(404, 40401));
    assertThat(registry.postSchema("/subjects/none", own(POINT))).satisfies(error(404, 40401));
    assertThat(registry.delete("/subjects/none")).satisfies(error(404, 40401));
    assertThat(registry.get("/subjects/" + subject + "/versions/77")).satisfies(error(404, 40402));
    assertThat(registry.postSchema("/subjects/" + subject, own(EMPTY)))
        .satisfies(error(404, 40403));
    assertThat(registry.get("/schemas/ids/987654")).satisfies(error(404, 40403));
  }

  static java.util.function.Consumer<Answer> error(int status, int code) {
    return answer -> {
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.errorCode()).isEqualTo(code);
      assertThat(answer.body().path("message").asText()).isNotBlank();
    };
  }

  @Test
  void whatIsNoSchemaAndNoLevelIsRefused() {
    assertThat(register("{'type':'rekord'}")).satisfies(error(422, 42201));
    assertThat(registry.put("/config/" + subject, "{'compatibility':'SIDEWAYS'}"))
        .satisfies(error(422, 42203));
  }

  @Test
  void levelsAreKeptBySubjectAndInAll() {
    register(POINT);
    Answer answer = registry.put("/config/" + subject, "{'compatibility':'FULL_TRANSITIVE'}");
    assertThat(answer.body().get("compatibility").asText()).isEqualTo("FULL_TRANSITIVE");
    assertThat(registry.get("/config/" + subject).body().get("compatibilityLevel").asText())
        .isEqualTo("FULL_TRANSITIVE");

    registry.put("/config", "{'compatibility':'FORWARD'}");
    assertThat(registry.get("/config").body().get("compatibilityLevel").asText())
        .isEqualTo("FORWARD");
    assertThat(registry.get("/config/" + subject).body().get("compatibilityLevel").asText())
        .isEqualTo("FULL_TRANSITIVE");
    registry.put("/config", "{'compatibility':'BACKWARD'}");
  }

  @Test
  void aDeletedSubjectIsGoneButItsIdsAndVersionNumbersAreNeverGivenAgain() {
    int id = register(POINT).body().get("id").asInt();
    assertThat(registry.delete("/subjects/" + subject).body().toString()).isEqualTo("[1]");

    assertThat(registry.get("/subjects/" + subject + "/versions")).satisfies(error(404, 40401));
    assertThat(registry.get("/subjects").texts()).doesNotContain(subject);
    assertThat(registry.get("/schemas/ids/" + id).status()).isEqualTo(200);
    assertThat(register(EMPTY).body().get("id").asInt()).isGreaterThan(id);
    assertThat(register(POINT).body().get("id").asInt()).isEqualTo(id);
    assertThat(registry.get("/subjects/" + subject + "/versions").body().toString())
        .isEqualTo("[2,3]");
  }

  @Test
  void typesAndModeAreTold() {
    assertThat(registry.get("/schemas/types").texts()).contains("AVRO");
    assertThat(registry.get("/mode").body().get("mode").asText()).isEqualTo("READWRITE");
  }

  @Test
  void ourOwnClientWorksWithIt() {
    Schema point = new Schema.Parser().parse(own(POINT));
    RegistrySettings settings = RegistrySettings.of(URI.create(url()));
    try (SchemaRegistryClient client = new SchemaRegistryClient(settings);
        SchemaRegistryClient other = new SchemaRegistryClient(settings)) {
      int id = client.register(subject, point);
      client.compatibility(subject, "FULL_TRANSITIVE");

      assertThat(other.idOf(subject, point)).isEqualTo(id);
      assertThat(other.byId(id)).isEqualTo(point);
      assertThat(other.latest(subject).version()).isEqualTo(1);
      assertThat(other.compatibility(subject)).isEqualTo("FULL_TRANSITIVE");
      Schema demanding = new Schema.Parser().parse(own(DEMANDING));
      assertThat(other.isCompatible(subject, demanding)).isFalse();
      assertThatThrownBy(() -> other.register(subject, demanding))
          .isInstanceOfSatisfying(
              RegistryException.class, e -> assertThat(e.errorCode()).isEqualTo(409));
    }
  }
}
