package dev.voxlog.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;

/// Acme's accounts, and what is done with them: payments by the card on file, and returns. Each is
/// done once per idempotency key, in one transaction with its answer. All calls block; safe for any
/// thread.
final class AcmeAccounts {
  /// The most that is charged at once without a person.
  static final BigDecimal MOST = new BigDecimal("500.00");

  private static final int LONGEST_REASON = 500;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS accounts (
            phone VARCHAR(16) PRIMARY KEY, title VARCHAR(20) NOT NULL, name VARCHAR(100) NOT NULL,
            tier VARCHAR(20) NOT NULL, has_card BOOLEAN NOT NULL)
          """,
          "CREATE TABLE IF NOT EXISTS invoices (order_id VARCHAR(5) PRIMARY KEY, open_amount DECIMAL(10, 2) NOT NULL)",
          """
          CREATE TABLE IF NOT EXISTS deeds (
            n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, idempotency_key VARCHAR(200) UNIQUE,
            request VARCHAR(4000) NOT NULL, status INT, answer VARCHAR(4000))
          """,
          "ALTER TABLE deeds ADD COLUMN IF NOT EXISTS order_id VARCHAR(5)",
          // What was done before there was that column has the order in its answer alone.
          """
          UPDATE deeds SET order_id = REGEXP_SUBSTR(answer, '"order":"([0-9]{5})"', 1, 1, NULL, 1)
          WHERE order_id IS NULL AND status = 201
          """);

  private final JdbcConnectionPool pool;
  private final AcmeDatabase orders;

  AcmeAccounts(JdbcConnectionPool pool, AcmeDatabase orders) {
    this.pool = pool;
    this.orders = orders;
  }

  /// Something to be done to an order within a transaction; gives the answer.
  private interface Deed {
    Answer done(Connection connection, Order order) throws SQLException;
  }

  void prepare(LocalDate today) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      for (String statement : SCHEMA) {
        Sql.execute(connection, statement);
      }
      for (Account account : DemoCustomers.all(today)) {
        Sql.execute(
            connection,
            "MERGE INTO accounts (phone, title, name, tier, has_card) KEY (phone) VALUES (?, ?, ?, ?, ?)",
            account.phone(),
            account.title(),
            account.name(),
            account.tier(),
            account.hasCard());
        for (Account.Placed placed : account.orders()) {
          orders.put(placed.order());
          Sql.execute(
              connection,
              "MERGE INTO invoices (order_id, open_amount) KEY (order_id) VALUES (?, ?)",
              placed.order().id(),
              placed.open());
        }
      }
    }
  }

  Optional<Account> account(String phone) throws SQLException {
    List<Account.Placed> placed = new ArrayList<>();
    try (Connection connection = pool.getConnection()) {
      for (Order order : orders.ordersOf(phone)) {
        placed.add(new Account.Placed(order, open(connection, order.id())));
      }
      try (PreparedStatement statement =
              Sql.prepared(connection, "SELECT * FROM accounts WHERE phone = ?", phone);
          ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Account(
                    row.getString("phone"),
                    row.getString("title"),
                    row.getString("name"),
                    row.getString("tier"),
                    row.getBoolean("has_card"),
                    placed))
            : Optional.empty();
      }
    }
  }

  private static BigDecimal open(Connection connection, String order) throws SQLException {
    try (PreparedStatement statement =
            Sql.prepared(connection, "SELECT open_amount FROM invoices WHERE order_id = ?", order);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getBigDecimal(1) : BigDecimal.ZERO.setScale(2);
    }
  }

  /// Charges the card on file for an order of the caller's.
  Answer pay(String caller, String order, BigDecimal amount, String key) throws SQLException {
    if (amount.signum() <= 0 || amount.scale() > 2) {
      throw new IllegalArgumentException("amount: must be more than 0, with two decimals");
    }
    boolean hasCard = account(caller).filter(Account::hasCard).isPresent();
    return once(
        "pay " + caller + " " + order + " " + amount.setScale(2).toPlainString(),
        key,
        order,
        caller,
        (connection, found) -> {
          if (!hasCard || !caller.equals(found.phone())) {
            return Answer.denied("no-card", "there is no card on file for this caller");
          }
          BigDecimal open = open(connection, order);
          if (amount.compareTo(MOST) > 0) {
            return Answer.denied("over-limit", "a person has to charge more than " + MOST);
          }
          if (open.signum() == 0) {
            return Answer.denied("nothing-open", "the order is paid");
          }
          if (amount.compareTo(open) > 0) {
            return new Answer(
                422, Map.of("error", "less is open", "reason", "more-than-open", "open", open));
          }
          BigDecimal left = open.subtract(amount);
          Sql.execute(
              connection, "UPDATE invoices SET open_amount = ? WHERE order_id = ?", left, order);
          return new Answer(
              201, Map.of("id", id(), "order", order, "amount", amount, "left", left));
        });
  }

  /// Has an order sent back that the caller may send back: their own, or one of nobody's under
  /// their number, which one caller alone can do.
  Answer takeBack(String caller, String order, String reason, LocalDate today, String key)
      throws SQLException {
    if (reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException(
          "reason: must have at most " + LONGEST_REASON + " characters");
    }
    return once(
        "return " + caller + " " + order + " " + reason,
        key,
        order,
        caller,
        (connection, found) -> {
          if (found.status().equals("returned") || isOnItsWayBack(connection, order)) {
            return Answer.denied("already-returned", "the order has come back already");
          }
          if (!found.status().equals("delivered")) {
            return Answer.denied("not-delivered", "the order has not been delivered");
          }
          if (!new Account.Placed(found, BigDecimal.ZERO).isReturnable(today)) {
            return Answer.denied("too-late", "orders can be sent back within thirty days");
          }
          return new Answer(
              201, Map.of("id", id(), "order", order, "item", found.item(), "label", "e-mail"));
        });
  }

  private static boolean isOnItsWayBack(Connection connection, String order) throws SQLException {
    String query =
        "SELECT 1 FROM deeds WHERE order_id = ? AND status = 201 AND request LIKE 'return %'";
    try (PreparedStatement statement = Sql.prepared(connection, query, order);
        ResultSet rows = statement.executeQuery()) {
      return rows.next();
    }
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  /// Between simultaneous requests the order's row decides, which one transaction at a time holds;
  /// between those of a key for different orders, the unique column.
  private Answer once(String request, String key, String id, String caller, Deed deed)
      throws SQLException {
    Order order = orders.order(id, caller).orElse(null);
    if (order == null) {
      return Answer.refusal(404, "no order has this number");
    }
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Sql.execute(connection, "SELECT 1 FROM orders WHERE id = ? FOR UPDATE", id);
        Sql.execute(
            connection,
            "INSERT INTO deeds (idempotency_key, request, order_id) VALUES (?, ?, ?)",
            key,
            request,
            id);
        Answer answer = deed.done(connection, order);
        Sql.execute(
            connection,
            "UPDATE deeds SET status = ?, answer = ? WHERE idempotency_key = ?",
            answer.status(),
            JSON.writeValueAsString(answer.body()),
            key);
        connection.commit();
        return answer;
      } catch (SQLException refused) {
        connection.rollback();
        if (refused.getErrorCode() != ErrorCode.DUPLICATE_KEY_1) {
          throw refused;
        }
        return earlier(connection, request, key);
      } catch (JsonProcessingException impossible) {
        connection.rollback();
        throw new IllegalStateException("answers can always be written as JSON", impossible);
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private static Answer earlier(Connection connection, String request, String key)
      throws SQLException {
    try (PreparedStatement statement =
            Sql.prepared(connection, "SELECT * FROM deeds WHERE idempotency_key = ?", key);
        ResultSet row = statement.executeQuery()) {
      if (!row.next() || !row.getString("request").equals(request)) {
        return Answer.refusal(409, "this Idempotency-Key was used for something else");
      }
      return new Answer(row.getInt("status"), JSON.readTree(row.getString("answer")));
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("an answer that was kept is not JSON", broken);
    }
  }
}
