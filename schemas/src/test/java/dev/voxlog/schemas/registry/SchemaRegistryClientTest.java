package dev.voxlog.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaRegistryClientTest {
  private static final Schema POINT =
      SchemaBuilder.record("Point").fields().requiredInt("x").requiredInt("y").endRecord();

  private final FakeRegistry registry = new FakeRegistry();

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void idsAndSchemasAreAskedOnceAndServeWhenTheRegistryIsGone() {
    try (SchemaRegistryClient client = client(Map.of())) {
      int id = client.register("points-value", POINT);
      try (SchemaRegistryClient other = client(Map.of())) {
        assertThat(other.byId(id)).isEqualTo(POINT);
        registry.close();

        assertThat(client.register("points-value", POINT)).isEqualTo(id);
        assertThat(client.byId(id)).isEqualTo(POINT);
        assertThat(other.byId(id)).isSameAs(other.byId(id));
      }
    }
    assertThat(registry.requests())
        .containsExactly("POST /subjects/points-value/versions", "GET /schemas/ids/1");
  }

  @Test
  void whatTheRegistryKnowsIsToldAndWhatItDoesNotIsAnErrorWithItsCode() {
    try (SchemaRegistryClient client = client(Map.of())) {
      assertThatThrownBy(() -> client.idOf("a/b-value", POINT))
          .isInstanceOfSatisfying(
              RegistryException.class, e -> assertThat(e.errorCode()).isEqualTo(40401))
          .hasMessageContaining("Subject not found");
      int id = client.register("points-value", POINT);

      assertThat(client.idOf("points-value", POINT)).isEqualTo(id);
      assertThat(client.latest("points-value"))
          .isEqualTo(new RegisteredSchema("points-value", 1, id, POINT));
      assertThat(client.subjects()).containsExactly("points-value");
      assertThat(client.isCompatible("points-value", POINT)).isTrue();
      assertThat(client.compatibility("points-value")).isEqualTo("FULL_TRANSITIVE");
    }
  }

  @Test
  void aRunOfUnknownIdsIsOneRequest() {
    try (SchemaRegistryClient client = client(Map.of())) {
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> client.byId(77))
            .isInstanceOfSatisfying(
                RegistryException.class, e -> assertThat(e.isUnknownSchema()).isTrue());
      }
    }
    assertThat(registry.requests()).containsExactly("GET /schemas/ids/77");
  }

  @Test
  void aFailingRegistryIsTriedAgain() {
    registry.failNext(2);
    try (SchemaRegistryClient client = client(Map.of("retries.wait.ms", "1"))) {
      assertThat(client.register("points-value", POINT)).isEqualTo(1);
    }
    assertThat(registry.requests()).hasSize(3);
  }

  @Test
  void theNextOfTheListAnswersForOneThatIsDown() {
    String down;
    try (FakeRegistry gone = new FakeRegistry()) {
      down = gone.url();
    }
    String urls = down + "," + registry.url() + "/";
    try (SchemaRegistryClient client = client(Map.of(RegistrySettings.URL, urls))) {
      assertThat(client.register("points-value", POINT)).isEqualTo(1);
    }
  }

  @Test
  void whenNobodyAnswersTheErrorSaysSoWithinThePatience() {
    registry.close();
    try (SchemaRegistryClient client = client(Map.of("request.patience.ms", "300"))) {
      assertThatThrownBy(() -> client.byId(1))
          .isInstanceOfSatisfying(
              RegistryException.class, e -> assertThat(e.isRetriable()).isTrue())
          .hasMessageContaining("no answer from the schema registry");
    }
  }

  @Test
  void aUserAndPasswordOpenARegistryAndStayOutOfMessages() {
    registry.demand("Basic dXNlcjpzZWNyZXQ=");
    Map<String, String> user =
        Map.of(
            RegistrySettings.CREDENTIALS_SOURCE,
            "USER_INFO",
            "schema.registry.basic.auth.user.info",
            "user:secret");
    try (SchemaRegistryClient client = client(user)) {
      assertThat(client.register("points-value", POINT)).isEqualTo(1);
    }
    String inUrl = registry.url().replace("//", "//user:secret@");
    try (SchemaRegistryClient client = client(Map.of(RegistrySettings.URL, inUrl))) {
      assertThat(client.register("points-value", POINT)).isEqualTo(1);
    }
    try (SchemaRegistryClient client = client(Map.of())) {
      assertThatThrownBy(() -> client.register("points-value", POINT))
          .hasMessageContaining("401")
          .hasMessageContaining(RegistrySettings.USER_INFO);
    }
    assertThat(RegistrySettings.from(Map.of(RegistrySettings.URL, inUrl)).toString())
        .doesNotContain("secret");
  }

  @Test
  void wrongSettingsAreRefusedByKey() {
    assertThatThrownBy(() -> RegistrySettings.from(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(RegistrySettings.URL);
    assertThatThrownBy(() -> client(Map.of(RegistrySettings.URL, "localhost:8081")))
        .hasMessageContaining("http://host:8081");
    assertThatThrownBy(() -> client(Map.of("max.retries", "many")))
        .hasMessageContaining("max.retries");
    assertThatThrownBy(() -> client(Map.of(RegistrySettings.CREDENTIALS_SOURCE, "SASL_INHERIT")))
        .hasMessageContaining("use USER_INFO or URL");
  }

  @Test
  void aRegistryBehindTlsIsTrustedByTheTruststoreAlone(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("registry.p12");
    try (FakeRegistry secure = new FakeRegistry(serverContext(store))) {
      Map<String, String> keys = new HashMap<>(Map.of(RegistrySettings.URL, secure.url()));
      keys.put("max.retries", "0");
      try (SchemaRegistryClient client = client(keys)) {
        assertThatThrownBy(client::subjects).isInstanceOf(RegistryException.class);
      }
      keys.put("schema.registry.ssl.truststore.location", store.toString());
      keys.put("schema.registry.ssl.truststore.password", "changeit");
      keys.put("schema.registry.ssl.truststore.type", "PKCS12");
      try (SchemaRegistryClient client = client(keys)) {
        assertThat(client.subjects()).isEmpty();
      }
    }
  }

  private static SSLContext serverContext(Path store)
      throws IOException, InterruptedException, GeneralSecurityException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                (keytool
                        + " -genkeypair -alias registry -keyalg EC -dname CN=registry"
                        + " -ext san=ip:127.0.0.1 -storetype PKCS12 -storepass changeit -keystore "
                        + store)
                    .split(" "))
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private SchemaRegistryClient client(Map<String, String> keys) {
    Map<String, String> all = new HashMap<>(Map.of(RegistrySettings.URL, registry.url()));
    all.putAll(keys);
    return new SchemaRegistryClient(RegistrySettings.from(all));
  }
}
