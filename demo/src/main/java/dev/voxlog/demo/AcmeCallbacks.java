package dev.voxlog.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/// The calls that Acme has promised, each once per idempotency key. All calls block; safe for any
/// thread.
final class AcmeCallbacks {
  /// How many calls a day a number is promised by others than who calls from it.
  private static final int MOST_A_DAY = 5;

  private static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS callbacks (
            n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id VARCHAR(36) NOT NULL UNIQUE,
            idempotency_key VARCHAR(200) UNIQUE, phone VARCHAR(16) NOT NULL, call_day VARCHAR(500),
            call_time VARCHAR(500), reason VARCHAR(500))
          """,
          "ALTER TABLE callbacks ADD COLUMN IF NOT EXISTS caller VARCHAR(128)",
          "ALTER TABLE callbacks ADD COLUMN IF NOT EXISTS booked_on DATE");

  private final JdbcConnectionPool pool;

  AcmeCallbacks(JdbcConnectionPool pool) {
    this.pool = pool;
  }

  void prepare() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      for (String statement : SCHEMA) {
        Sql.execute(connection, statement);
      }
    }
  }

  /// Books a callback that this caller has asked for. One at a time, so that nothing is booked
  /// between a look and what follows from it.
  synchronized Answer book(Callback wanted, String caller, LocalDate today, String key)
      throws SQLException {
    Optional<Callback> first = callbacks("WHERE idempotency_key = ?", key).stream().findFirst();
    if (first.isPresent()) {
      return of(caller).contains(first.get()) && isSame(first.get(), wanted)
          ? new Answer(201, first.get())
          : Answer.refusal(
              409, "this Idempotency-Key was used for another callback: send a new one");
    }
    if (!DialPlan.isCalled(wanted.phone(), caller)) {
      return Answer.denied("not-called", "Acme does not call this number");
    }
    if (!DialPlan.isOwn(wanted.phone(), caller) && !isFree(wanted.phone(), today)) {
      return Answer.denied("called-enough", "no more calls to this number are promised today");
    }
    insert(wanted, caller, today, key);
    return new Answer(201, wanted);
  }

  private static boolean isSame(Callback first, Callback wanted) {
    return first.equals(
        new Callback(first.id(), wanted.phone(), wanted.day(), wanted.time(), wanted.reason()));
  }

  private boolean isFree(String phone, LocalDate today) throws SQLException {
    return callbacks("WHERE phone = ? AND caller <> phone AND booked_on = ?", phone, today).size()
        < MOST_A_DAY;
  }

  private void insert(Callback wanted, String caller, LocalDate today, String key)
      throws SQLException {
    String insert =
        "INSERT INTO callbacks (id, idempotency_key, phone, call_day, call_time, reason, caller, booked_on)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    try (Connection connection = pool.getConnection()) {
      Sql.execute(
          connection,
          insert,
          wanted.id(),
          key,
          wanted.phone(),
          wanted.day(),
          wanted.time(),
          wanted.reason(),
          caller,
          today);
    }
  }

  /// All of them, the oldest first.
  List<Callback> all() throws SQLException {
    return callbacks("");
  }

  /// Those that this caller has asked for, the oldest first.
  List<Callback> of(String caller) throws SQLException {
    return callbacks("WHERE caller = ?", caller);
  }

  private List<Callback> callbacks(String where, @Nullable Object... values) throws SQLException {
    List<Callback> callbacks = new ArrayList<>();
    String query = "SELECT * FROM callbacks " + where + " ORDER BY n";
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = Sql.prepared(connection, query, values);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        callbacks.add(
            new Callback(
                row.getString("id"),
                row.getString("phone"),
                row.getString("call_day"),
                row.getString("call_time"),
                row.getString("reason")));
      }
    }
    return callbacks;
  }
}
