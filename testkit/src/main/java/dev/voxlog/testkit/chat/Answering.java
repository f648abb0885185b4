package dev.voxlog.testkit.chat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Iterator;

/// One script on its way out, as fast as its pace and the client's reading let it. Confined to one
/// event loop.
final class Answering {
  private final Vertx vertx;
  private final Context context;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final ChatExchange exchange;
  private final ChatFrames frames;
  private final Pace pace;
  private final Iterator<ChatScript.Step> steps;
  private boolean hasBegun;
  private boolean isClosed;

  Answering(
      Vertx vertx,
      HttpServerRequest request,
      ChatExchange exchange,
      ChatFrames frames,
      ChatScript script) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.request = request;
    this.response = request.response();
    this.exchange = exchange;
    this.frames = frames;
    this.pace = script.pace();
    this.steps = script.steps().iterator();
  }

  void begin() {
    response.exceptionHandler(_ -> {});
    response.closeHandler(_ -> {
      if (!isClosed) {
        isClosed = true;
        exchange.left();
      }
    });
    goOn();
  }

  private void goOn() {
    if (isClosed) {
      return;
    }
    if (!steps.hasNext()) {
      end("");
      return;
    }
    ChatScript.Step step = steps.next();
    Duration wait = step instanceof ChatScript.Token ? waitForToken() : Duration.ZERO;
    if (wait.isPositive()) {
      vertx.setTimer(Math.max(1, wait.toMillis()), _ -> take(step));
    } else {
      take(step);
    }
  }

  private Duration waitForToken() {
    Duration wait = hasBegun ? pace.eachToken() : pace.firstToken();
    hasBegun = true;
    return wait;
  }

  private void take(ChatScript.Step step) {
    if (isClosed) {
      return;
    }
    exchange.stepped();
    switch (step) {
      case ChatScript.Stall _ -> {}
      case ChatScript.Drop _ -> {
        isClosed = true;
        request.connection().close();
      }
      case ChatScript.Status(int code, String body) -> {
        response.setStatusCode(code).putHeader("content-type", "application/json");
        end(body);
      }
      default -> write(frames.of(step));
    }
  }

  private void write(String frame) {
    if (frame.isEmpty()) {
      goOn();
      return;
    }
    String opening = response.headWritten() ? "" : open();
    response.write(opening + frame).onSuccess(_ -> context.runOnContext(_ -> goOn()));
  }

  private String open() {
    response.setChunked(true).putHeader("content-type", "text/event-stream; charset=utf-8");
    return frames.opening();
  }

  private void end(String rest) {
    isClosed = true;
    response.end(rest).onSuccess(_ -> exchange.over());
  }
}
