package dev.voxlog.testkit.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A request that a scripted model was sent, and how far its answer has come. Safe for any thread.
public final class ChatExchange {
  private final JsonNode request;
  private final @Nullable String authorization;
  private final int connection;
  private final AtomicInteger steps = new AtomicInteger();
  private volatile boolean wasLeft;
  private volatile boolean isOver;

  ChatExchange(JsonNode request, @Nullable String authorization, int connection) {
    this.request = request;
    this.authorization = authorization;
    this.connection = connection;
  }

  public JsonNode request() {
    return request;
  }

  public @Nullable String authorization() {
    return authorization;
  }

  /// The same for requests that came on the same connection.
  public int connection() {
    return connection;
  }

  /// How many steps of the script have been taken.
  public int steps() {
    return steps.get();
  }

  /// Whether the client closed the connection before the answer was over.
  public boolean wasLeft() {
    return wasLeft;
  }

  /// Whether all of the answer is out.
  public boolean isOver() {
    return isOver;
  }

  void stepped() {
    steps.incrementAndGet();
  }

  void left() {
    wasLeft = true;
  }

  void over() {
    isOver = true;
  }
}
