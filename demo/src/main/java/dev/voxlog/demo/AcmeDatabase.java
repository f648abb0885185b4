package dev.voxlog.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Acme's orders and callbacks in an embedded database. All calls block; safe for any thread.
final class AcmeDatabase implements AutoCloseable {
  /// How a request for a callback ended.
  sealed interface Booking {}

  /// The callback of this request, or of the first one with the same key.
  record Booked(Callback callback) implements Booking {}

  /// The key was used before for something else.
  record KeyTaken() implements Booking {}

  private static final Logger LOG = LoggerFactory.getLogger(AcmeDatabase.class);
  private static final int CONNECTIONS = 8;

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS orders (
            id VARCHAR(5) PRIMARY KEY, status VARCHAR(20) NOT NULL, item VARCHAR(100) NOT NULL, eta DATE,
            carrier VARCHAR(60), total DECIMAL(10, 2) NOT NULL, phone VARCHAR(16))
          """,
          "CREATE INDEX IF NOT EXISTS orders_by_phone ON orders (phone)",
          """
          CREATE TABLE IF NOT EXISTS callbacks (
            n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id VARCHAR(36) NOT NULL UNIQUE,
            idempotency_key VARCHAR(200) UNIQUE, phone VARCHAR(16) NOT NULL, call_day VARCHAR(500),
            call_time VARCHAR(500), reason VARCHAR(500))
          """);

  private final JdbcConnectionPool pool;
  private final AcmeAccounts accounts;

  private AcmeDatabase(JdbcConnectionPool pool) {
    this.pool = pool;
    this.accounts = new AcmeAccounts(pool, this);
  }

  /// Opens the database in `folder`, or one in memory; a new one begins with the demo orders.
  ///
  /// @throws IllegalStateException if another process has it open, or it cannot be written
  static AcmeDatabase open(@Nullable Path folder, LocalDate today) {
    // WRITE_DELAY 0: what was answered is on disk, even if the process is killed the next moment.
    String url =
        folder == null
            ? "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"
            : "jdbc:h2:file:"
                + folder.toAbsolutePath().resolve("acme")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    JdbcConnectionPool pool = JdbcConnectionPool.create(url, "acme", "");
    pool.setMaxConnections(CONNECTIONS);
    AcmeDatabase database = new AcmeDatabase(pool);
    try {
      database.prepare(today);
      return database;
    } catch (SQLException refused) {
      pool.dispose();
      throw new IllegalStateException(
          "cannot open Acme's database in "
              + folder
              + ": is another Acme running with it? Stop it, or choose another folder",
          refused);
    }
  }

  private void prepare(LocalDate today) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      for (String table : TABLES) {
        try (PreparedStatement statement = connection.prepareStatement(table)) {
          statement.execute();
        }
      }
    }
    if (isEmpty()) {
      for (Order order : DemoOrders.of(DemoOrders.SEED, DemoOrders.COUNT, today)) {
        put(order);
      }
    }
    for (Order order : DemoOrders.ofCustomers(today)) {
      put(order);
    }
    accounts.prepare(today);
  }

  AcmeAccounts accounts() {
    return accounts;
  }

  private boolean isEmpty() throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM orders LIMIT 1");
        ResultSet rows = statement.executeQuery()) {
      return !rows.next();
    }
  }

  /// Adds an order, or replaces the one with its id.
  void put(Order order) throws SQLException {
    String merge =
        "MERGE INTO orders (id, status, item, eta, carrier, total, phone) KEY (id) VALUES (?, ?, ?, ?, ?, ?, ?)";
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(merge)) {
      statement.setString(1, order.id());
      statement.setString(2, order.status());
      statement.setString(3, order.item());
      statement.setObject(4, order.eta());
      statement.setString(5, order.carrier());
      statement.setBigDecimal(6, order.total());
      statement.setString(7, order.phone());
      statement.executeUpdate();
    }
  }

  /// The order, if this caller may have it; another customer's is not found.
  Optional<Order> order(String id, String caller) throws SQLException {
    String query = "SELECT * FROM orders WHERE id = ? AND (phone IS NULL OR phone = ?)";
    return orders(query, id, caller).stream().findFirst();
  }

  List<Order> ordersOf(String phone) throws SQLException {
    return orders("SELECT * FROM orders WHERE phone = ? ORDER BY id", phone);
  }

  private List<Order> orders(String query, String... parameters) throws SQLException {
    List<Order> orders = new ArrayList<>();
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(query)) {
      for (int index = 0; index < parameters.length; index++) {
        statement.setString(index + 1, parameters[index]);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          orders.add(
              new Order(
                  row.getString("id"),
                  row.getString("status"),
                  row.getString("item"),
                  row.getObject("eta", LocalDate.class),
                  row.getString("carrier"),
                  row.getBigDecimal("total"),
                  row.getString("phone")));
        }
      }
    }
    return orders;
  }

  /// Books a callback once per key; without a key, each time. The unique column decides between
  /// simultaneous requests.
  Booking book(Callback wanted, @Nullable String key) throws SQLException {
    String insert =
        "INSERT INTO callbacks (id, idempotency_key, phone, call_day, call_time, reason) VALUES (?, ?, ?, ?, ?, ?)";
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setString(1, wanted.id());
      statement.setString(2, key);
      statement.setString(3, wanted.phone());
      statement.setString(4, wanted.day());
      statement.setString(5, wanted.time());
      statement.setString(6, wanted.reason());
      statement.executeUpdate();
      return new Booked(wanted);
    } catch (SQLException refused) {
      if (key == null || refused.getErrorCode() != ErrorCode.DUPLICATE_KEY_1) {
        throw refused;
      }
      return earlier(wanted, key);
    }
  }

  private Booking earlier(Callback wanted, String key) throws SQLException {
    Callback first = callbacks("SELECT * FROM callbacks WHERE idempotency_key = ?", key).getFirst();
    Callback same =
        new Callback(first.id(), wanted.phone(), wanted.day(), wanted.time(), wanted.reason());
    return first.equals(same) ? new Booked(first) : new KeyTaken();
  }

  /// All callbacks, the oldest first.
  List<Callback> callbacks() throws SQLException {
    return callbacks("SELECT * FROM callbacks ORDER BY n");
  }

  private List<Callback> callbacks(String query, String... parameters) throws SQLException {
    List<Callback> callbacks = new ArrayList<>();
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(query)) {
      for (int index = 0; index < parameters.length; index++) {
        statement.setString(index + 1, parameters[index]);
      }
      try (ResultSet row = statement.executeQuery()) {
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
    }
    return callbacks;
  }

  /// Writes everything and closes the file, so that another process can open it.
  @Override
  public void close() {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement("SHUTDOWN")) {
      statement.execute();
    } catch (SQLException closed) {
      // H2 reports the very closing asked for; anything else leaves a file that the next start
      // recovers.
      if (closed.getErrorCode() != ErrorCode.DATABASE_IS_CLOSED) {
        LOG.warn("Acme's database did not close cleanly: {}", new Failure(closed));
      }
    } finally {
      pool.dispose();
    }
  }
}
