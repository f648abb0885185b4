package dev.voxlog.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// The database quotes what it refuses; the log does not.
class LogPrivacyTest {
  private static final String NUMBER = "+15550142777";

  @TempDir Path folder;
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.voxlog.demo");
  private final Lines lines = new Lines();

  /// All that an appender could print.
  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      String thrown =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      all.add(event.getFormattedMessage() + thrown);
    }
  }

  @BeforeEach
  void capture() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void release() {
    logger.detachAppender(lines);
  }

  @Test
  void aCallbackThatTheDatabaseRefusesIsLoggedWithoutItsNumber() throws Exception {
    try (AcmeBackend acme = AcmeBackend.start(AcmeSettings.in(folder, 0));
        HttpClient client = HttpClient.newHttpClient()) {
      narrowTheNumbers();
      HttpRequest request =
          HttpRequest.newBuilder(acme.address().resolve("/callbacks"))
              .header("Content-Type", "application/json")
              .header("X-Caller", NUMBER)
              .header("Idempotency-Key", "call/2/1")
              .POST(BodyPublishers.ofString("{\"phone\": \"" + NUMBER + "\"}"))
              .build();

      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(500);
    }
    assertThat(lines.all)
        .singleElement()
        .asString()
        .contains("JdbcSQLDataException", "dev.voxlog.demo.AcmeCallbacks.insert(")
        .doesNotContain(NUMBER);
  }

  private void narrowTheNumbers() throws Exception {
    String url = "jdbc:h2:file:" + folder.toAbsolutePath().resolve("acme");
    try (var connection = DriverManager.getConnection(url, "acme", "");
        var statement =
            connection.prepareStatement("ALTER TABLE callbacks ALTER COLUMN phone VARCHAR(8)")) {
      statement.execute();
    }
  }
}
