package dev.voxlog.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that an earlier version has left.
class AcmeUpgradeTest {
  private static final LocalDate TODAY = LocalDate.now(ZoneId.systemDefault());

  @TempDir Path folder;

  @Test
  void whatWasDoneByAnEarlierVersionIsStillKnown() throws Exception {
    AcmeDatabase.open(folder, TODAY).close();
    makeEarlier();

    try (AcmeDatabase database = AcmeDatabase.open(folder, TODAY)) {
      Answer again =
          database
              .accounts()
              .takeBack(DemoCustomers.BROWN, DemoCustomers.TRIMMER, "too loud", TODAY, "k2");

      assertThat(again.status()).isEqualTo(422);
      assertThat(again.body()).asString().contains("already-returned");
      assertThat(database.callbacks().all()).hasSize(1);
      assertThat(database.callbacks().of("anonymous")).isEmpty();
    }
  }

  private void makeEarlier() throws SQLException {
    String url = "jdbc:h2:file:" + folder.toAbsolutePath().resolve("acme");
    try (Connection connection = DriverManager.getConnection(url, "acme", "")) {
      Sql.execute(connection, "ALTER TABLE deeds DROP COLUMN order_id");
      Sql.execute(connection, "ALTER TABLE callbacks DROP COLUMN caller");
      Sql.execute(connection, "ALTER TABLE callbacks DROP COLUMN booked_on");
      Sql.execute(
          connection,
          "INSERT INTO deeds (idempotency_key, request, status, answer) VALUES (?, ?, ?, ?)",
          "k1",
          "return " + DemoCustomers.BROWN + " 17320 unlike 11111",
          201,
          "{\"item\":\"hedge trimmer\",\"order\":\"17320\",\"label\":\"e-mail\",\"id\":\"r1\"}");
      Sql.execute(
          connection, "INSERT INTO callbacks (id, phone) VALUES (?, ?)", "c1", "5550134221");
    }
  }
}
