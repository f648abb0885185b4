package dev.voxlog.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Acme's own service: orders, accounts and callbacks over HTTP, kept in an embedded database.
///
/// - `GET /orders/{id}`: the order, or 404; a customer's only for that customer, whose number is in
///   `X-Caller`, else the same 404
/// - `GET /orders?phone=`: `{"orders": […]}`, none of anybody's but the caller's
/// - `POST /callbacks` with phone, and day, time and reason where given: 201; 422 with `reason`
///   where Acme does not call that number
/// - `GET /callbacks`: `{"callbacks": […]}`, those that the caller has asked for, the oldest first
/// - `GET /account`: the caller's account with their orders, or 404
/// - `POST /payments` with order and amount: charges the card on file, 201; 422 with `reason` where
///   it is not
/// - `POST /returns` with order and reason: 201; 422 with `reason` where it cannot be sent back, or
///   nobody knows who calls
/// - `POST /admin/orders`: adds or replaces an order
/// - `GET /health`
///
/// A POST is `application/json`. One for a caller has an `Idempotency-Key`: the same gives the
/// first answer again, and 409 if it comes with something else. Every refusal is JSON with `error`.
/// The database is used on Vert.x's worker threads only.
public final class AcmeBackend implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AcmeBackend.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 64 * 1024;

  private static final class BodyTooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final AcmeSettings settings;
  private final AcmeDatabase database;
  private final Vertx vertx;
  private final HttpServer server;
  private final Clock clock;
  private final OrderRoutes orders;
  private final CallbackRoutes callbacks;
  private final AccountRoutes accounts;

  private AcmeBackend(AcmeSettings settings, AcmeDatabase database, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.database = database;
    this.orders = new OrderRoutes(database);
    this.callbacks = new CallbackRoutes(database.callbacks(), clock);
    this.accounts = new AccountRoutes(database.accounts(), clock);
    this.vertx = Vertx.vertx();
    this.server = vertx.createHttpServer().requestHandler(this::receive);
  }

  /// Runs the service alone; adds the orders of the seed given with `--orders SEED`, or else of the
  /// demo's own, and prints them.
  static void main(String... arguments) {
    try {
      long seed = ordersSeed(arguments);
      AcmeBackend backend = start(AcmeSettings.of(System.getenv()));
      backend.seed(seed, DemoOrders.COUNT).forEach(AcmeBackend::print);
      Runtime.getRuntime().addShutdownHook(new Thread(backend::close, "acme-stop"));
      System.out.println("Acme is ready: " + backend.address());
    } catch (IllegalStateException | IllegalArgumentException refused) {
      System.err.println(refused.getMessage());
      System.exit(1);
    }
  }

  private static long ordersSeed(String... arguments) {
    if (arguments.length == 0) {
      return DemoOrders.SEED;
    }
    if (arguments.length != 2
        || !arguments[0].equals("--orders")
        || !arguments[1].matches("-?\\d{1,18}")) {
      throw new IllegalArgumentException(
          "give nothing, or --orders with a seed, as in --orders 1876");
    }
    return Long.parseLong(arguments[1]);
  }

  private static void print(Order order) {
    System.out.println(order.summary());
  }

  /// Opens the database and listens; blocks until it does.
  ///
  /// @throws IllegalStateException if the database or the port is in use
  public static AcmeBackend start(AcmeSettings settings) {
    return start(settings, Clock.system(ZoneId.systemDefault()));
  }

  /// The same, with demo orders dated from `clock`'s day.
  public static AcmeBackend start(AcmeSettings settings, Clock clock) {
    AcmeBackend backend =
        new AcmeBackend(
            settings, AcmeDatabase.open(settings.folder(), LocalDate.now(clock)), clock);
    try {
      await(backend.server.listen(settings.port(), settings.host()));
      return backend;
    } catch (IllegalStateException refused) {
      backend.close();
      throw new IllegalStateException(
          "Acme cannot listen on %s:%d: is the port in use? Set ACME_PORT to another, or 0 for any"
              .formatted(settings.host(), settings.port()),
          refused);
    }
  }

  public int port() {
    return server.actualPort();
  }

  /// Where it answers, as in `http://127.0.0.1:8090`: what the agent's `ACME_URL` should be.
  public URI address() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create("http://" + host + ":" + port());
  }

  /// Adds an order, or replaces the one with its id; blocks.
  public void put(Order order) {
    try {
      database.put(order);
    } catch (SQLException failed) {
      throw new IllegalStateException("Acme's database refused order " + order.id(), failed);
    }
  }

  /// Adds the `count` orders of this seed, dated from today, and gives them; blocks. The same seed
  /// gives the same orders again and replaces them.
  public List<Order> seed(long seed, int count) {
    List<Order> orders = DemoOrders.of(seed, count, LocalDate.now(clock));
    orders.forEach(this::put);
    return orders;
  }

  /// All booked callbacks, the oldest first; blocks.
  public List<Callback> callbacks() {
    try {
      return database.callbacks().all();
    } catch (SQLException failed) {
      throw new IllegalStateException("Acme's database did not answer", failed);
    }
  }

  /// Stops listening and closes the database; blocks.
  @Override
  public void close() {
    try {
      await(vertx.close());
    } finally {
      database.close();
    }
  }

  private static void await(Future<?> future) {
    try {
      future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException("Acme's HTTP server did not answer within 10 s", late);
    } catch (RuntimeException failed) {
      throw new IllegalStateException(failed.getMessage(), failed);
    } catch (Throwable failed) {
      throw new IllegalStateException(failed.getMessage(), failed);
    }
  }

  private void receive(HttpServerRequest request) {
    if (!isAllowed(request.getHeader("Authorization"))) {
      send(request, Answer.refusal(401, "send Authorization: Bearer with Acme's token"));
      return;
    }
    body(request)
        .compose(body -> vertx.executeBlocking(() -> answer(request, body), false))
        .recover(failed -> Future.succeededFuture(broken(failed)))
        .onSuccess(answer -> send(request, answer));
  }

  /// The body, or a failure as soon as it is longer than is read here.
  private static Future<Buffer> body(HttpServerRequest request) {
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(chunk -> {
      if (body.length() + chunk.length() > MOST_BYTES) {
        whole.tryFail(new BodyTooLong());
      } else {
        body.appendBuffer(chunk);
      }
    });
    request.exceptionHandler(whole::tryFail);
    request.endHandler(_ -> whole.tryComplete(body));
    return whole.future();
  }

  private boolean isAllowed(@Nullable String authorization) {
    return settings.token() == null
        || (authorization != null
            && MessageDigest.isEqual(bytes("Bearer " + settings.token()), bytes(authorization)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Answer broken(Throwable failed) {
    if (failed instanceof BodyTooLong) {
      return Answer.refusal(413, "the body must have at most 64 KiB");
    }
    LOG.error("Acme could not answer a request: {}", new Failure(failed));
    return Answer.refusal(500, "Acme's database did not answer: try again");
  }

  private static void send(HttpServerRequest request, Answer answer) {
    if (request.response().closed()) {
      return;
    }
    Buffer body;
    try {
      body = Buffer.buffer(JSON.writeValueAsBytes(answer.body()));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("answers can always be written as JSON", impossible);
    }
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader("Content-Type", "application/json")
        .end(body)
        .onFailure(gone -> LOG.debug("a client left before its answer: {}", new Failure(gone)));
  }

  private Answer answer(HttpServerRequest request, Buffer body) throws SQLException {
    boolean isPost = request.method().equals(HttpMethod.POST);
    if (isPost && !isJson(request)) {
      return Answer.refusal(415, "send this as Content-Type: application/json");
    }
    String route =
        request.method() + " " + request.path().replaceFirst("^/orders/[^/]+$", "/orders/{id}");
    try {
      Asked asked = new Asked(request, isPost ? JsonBody.of(body) : JsonBody.EMPTY);
      return switch (route) {
        case "GET /orders/{id}" -> orders.one(asked);
        case "GET /orders" -> orders.ofPhone(asked);
        case "POST /admin/orders" -> orders.put(asked);
        case "POST /callbacks" -> callbacks.book(asked);
        case "GET /callbacks" -> callbacks.own(asked);
        case "GET /account" -> accounts.own(asked);
        case "POST /payments" -> accounts.pay(asked);
        case "POST /returns" -> accounts.takeBack(asked);
        case "GET /health" -> new Answer(200, Map.of("status", "UP"));
        default -> noSuchRoute(request);
      };
    } catch (IllegalArgumentException | DateTimeException wrong) {
      return Answer.refusal(400, String.valueOf(wrong.getMessage()));
    }
  }

  /// A form on a web page elsewhere can post to this machine, but not as JSON.
  private static boolean isJson(HttpServerRequest request) {
    String type = request.getHeader("Content-Type");
    return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }

  private static Answer noSuchRoute(HttpServerRequest request) {
    boolean isKnown =
        !request.method().equals(HttpMethod.GET)
            && request.path().matches("/orders(/[^/]+)?|/health");
    return isKnown
        ? Answer.refusal(405, "only GET is answered here")
        : Answer.refusal(404, "there is nothing at this address");
  }
}
