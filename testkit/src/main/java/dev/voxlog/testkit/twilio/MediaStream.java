package dev.voxlog.testkit.twilio;

import dev.voxlog.testkit.twilio.WireEvent.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// One WebSocket of a call, from `connected` to its close, with the playback buffer behind it.
/// Confined to one event loop.
final class MediaStream {
  private static final long CLOSE_MS = 500;

  private final String streamSid = "MZ" + UUID.randomUUID().toString().replace("-", "");
  private final Ear ear = new Ear();
  private final Vertx vertx;
  private final WebSocket socket;
  private final CallPlan plan;
  private final Recorder recorder;
  private final DelayLine toAgent;
  private final DelayLine toCaller;
  private long sequence = 1;
  private long chunk;
  private boolean isOver;

  MediaStream(Vertx vertx, WebSocket socket, CallPlan plan, Recorder recorder) {
    this.vertx = vertx;
    this.socket = socket;
    this.plan = plan;
    this.recorder = recorder;
    toAgent = new DelayLine(vertx, plan.line().toAgent());
    toCaller = new DelayLine(vertx, plan.line().toCaller());
  }

  void open(Map<String, String> parameters) {
    socket.textMessageHandler(text -> toCaller.pass(() -> received(text)));
    socket.binaryMessageHandler(
        bytes -> recorder.event(Kind.INVALID, "a binary message", bytes.length()));
    socket.exceptionHandler(
        failure -> recorder.event(Kind.INVALID, String.valueOf(failure.getMessage()), 0));
    send(StreamMessages.connected());
    send(StreamMessages.start(streamSid, plan.identity(), parameters));
    recorder.event(Kind.STREAM_STARTED, streamSid, 0);
  }

  /// Sends the caller's 20 ms.
  void send(byte[] mulaw) {
    long timestamp = chunk * 20;
    send(StreamMessages.media(streamSid, ++sequence, ++chunk, timestamp, mulaw));
  }

  void press(String digit) {
    recorder.event(Kind.DTMF, digit, 0);
    send(StreamMessages.dtmf(streamSid, ++sequence, digit));
  }

  /// The call is over for the caller: `stop`, then the socket closes.
  void stop() {
    if (!isOver) {
      send(StreamMessages.stop(streamSid, ++sequence, plan.identity()));
      isOver = true;
      toAgent.pass(() -> vertx.setTimer(CLOSE_MS, _ -> close()));
    }
  }

  /// The line breaks: the socket goes without a word.
  void drop() {
    isOver = true;
    close();
  }

  private void close() {
    socket.close().onFailure(_ -> isOver = true);
  }

  void send(String text) {
    if (isOver) {
      return;
    }
    toAgent.pass(() -> {
      if (!socket.isClosed()) {
        socket.writeTextMessage(text).onFailure(_ -> isOver = true);
      }
    });
  }

  private void received(String text) {
    if (isOver) {
      return;
    }
    try {
      StreamMessages.Received message = StreamMessages.read(text);
      if (!streamSid.equals(message.streamSid())) {
        recorder.event(Kind.INVALID, "a message without this stream's streamSid", 0);
        return;
      }
      carryOut(message);
    } catch (IOException | IllegalArgumentException e) {
      recorder.event(Kind.INVALID, String.valueOf(e.getMessage()), 0);
    }
  }

  private void carryOut(StreamMessages.Received message) {
    switch (String.valueOf(message.event())) {
      case "media" -> {
        byte[] mulaw = Base64.getDecoder().decode(String.valueOf(message.payload()));
        recorder.event(Kind.MEDIA, "", mulaw.length);
        ear.receive(mulaw);
      }
      case "mark" -> {
        String name = String.valueOf(message.mark());
        recorder.event(Kind.MARK, name, 0);
        returnMarks(ear.mark(name));
      }
      case "clear" -> {
        recorder.event(Kind.CLEAR, ear.backlogMs() + " ms dropped", 0);
        returnMarks(ear.clear());
      }
      default -> recorder.event(Kind.INVALID, "error 31924: " + message.event(), 0);
    }
  }

  private void returnMarks(List<String> names) {
    for (String name : names) {
      recorder.event(Kind.MARK_RETURNED, name, 0);
      send(StreamMessages.mark(streamSid, ++sequence, name));
    }
  }

  /// Plays the next 20 ms into the frame; gives how many bytes of it came from the agent.
  int play(byte[] frame) {
    returnMarks(ear.finishFrame());
    return ear.play(frame);
  }
}
