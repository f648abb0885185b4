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

/// Acme's embedded database, and the orders in it. All calls block; safe for any thread.
final class AcmeDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AcmeDatabase.class);
  private static final int CONNECTIONS = 8;

  private static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS orders (
            id VARCHAR(5) PRIMARY KEY, status VARCHAR(20) NOT NULL, item VARCHAR(100) NOT NULL, eta DATE,
            carrier VARCHAR(60), total DECIMAL(10, 2) NOT NULL, phone VARCHAR(16))
          """,
          "CREATE INDEX IF NOT EXISTS orders_by_phone ON orders (phone)");

  private final JdbcConnectionPool pool;
  private final AcmeAccounts accounts;
  private final AcmeCallbacks callbacks;

  private AcmeDatabase(JdbcConnectionPool pool) {
    this.pool = pool;
    this.accounts = new AcmeAccounts(pool, this);
    this.callbacks = new AcmeCallbacks(pool);
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
      for (String statement : SCHEMA) {
        Sql.execute(connection, statement);
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
    callbacks.prepare();
  }

  AcmeAccounts accounts() {
    return accounts;
  }

  AcmeCallbacks callbacks() {
    return callbacks;
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
    try (Connection connection = pool.getConnection()) {
      Sql.execute(
          connection,
          merge,
          order.id(),
          order.status(),
          order.item(),
          order.eta(),
          order.carrier(),
          order.total(),
          order.phone());
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
        PreparedStatement statement = Sql.prepared(connection, query, (Object[]) parameters);
        ResultSet row = statement.executeQuery()) {
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
    return orders;
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
