package dev.voxlog.cli.load.caller;

import dev.voxlog.testkit.twilio.CarrierSignature;
import dev.voxlog.testkit.twilio.Twiml;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes calls as the carrier does: asks the webhook what is to happen, opens the stream it names
/// and says `connected` and `start`. Blocks; safe from any thread.
public final class Dialler implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LONGEST_ANSWER = 8 << 10;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI webhook;
  private final @Nullable String authToken;

  /// Requests are signed with `authToken` if there is one.
  public Dialler(URI webhook, @Nullable String authToken) {
    this.webhook = webhook;
    this.authToken = authToken;
  }

  /// @throws IOException if there is no stream to be had; the message says why
  public Caller.Stream call(int index) throws IOException, InterruptedException {
    String callSid = "CA" + hex();
    Twiml.Connect connect = ask(callSid, "+1555%07d".formatted(index));
    URI url = webhook.resolve(connect.url());
    if (!"ws".equals(url.getScheme())) {
      throw new IOException("load speaks ws only, and the stream is at " + url.getScheme());
    }
    SocketChannel channel = SocketChannel.open();
    // A blocking channel knows no time-out of its own.
    CompletableFuture<Void> tooLate =
        CompletableFuture.runAsync(
            () -> close(channel),
            CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    try {
      channel.connect(new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 80 : url.getPort()));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      upgrade(channel, url);
      Wire wire = new Wire(channel);
      String streamSid = "MZ" + hex();
      MediaWriter writer = new MediaWriter(streamSid);
      wire.send(
          writer.text("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}"));
      wire.send(writer.text(start(streamSid, callSid, connect.parameters())));
      return new Caller.Stream(wire, streamSid, callSid);
    } catch (ClosedChannelException e) {
      throw new IOException(
          "the stream at %s is not open after %d s".formatted(url, PATIENCE.toSeconds()), e);
    } catch (IOException | RuntimeException e) {
      close(channel);
      throw e;
    } finally {
      tooLate.cancel(false);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
      return;
    }
  }

  private Twiml.Connect ask(String callSid, String from) throws IOException, InterruptedException {
    Map<String, String> form =
        new TreeMap<>(
            Map.of(
                "CallSid", callSid,
                "AccountSid", "AC" + "0".repeat(32),
                "From", from,
                "To", "+15550100002",
                "CallStatus", "in-progress",
                "Direction", "inbound",
                "ApiVersion", "2010-04-01"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(webhook)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encode(form)));
    if (authToken != null) {
      request.header(
          "X-Twilio-Signature", CarrierSignature.of(authToken, webhook.toString(), form));
    }
    HttpResponse<String> answer;
    try {
      answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException(webhook + " does not answer: " + e.getClass().getSimpleName(), e);
    }
    if (answer.statusCode() != 200) {
      throw new IOException("%s answered %d".formatted(webhook, answer.statusCode()));
    }
    for (Twiml.Verb verb : Twiml.parse(answer.body()).verbs()) {
      if (verb instanceof Twiml.Connect connect) {
        return connect;
      }
    }
    throw new IOException(
        "the call was refused: " + answer.body().replaceAll("\\s*\\R\\s*", " ").strip());
  }

  private static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private void upgrade(SocketChannel channel, URI url) throws IOException {
    byte[] nonce = CallerFrames.ascii(hex().substring(0, 16));
    StringBuilder request = new StringBuilder();
    request.append("GET ").append(url.getRawPath()).append(" HTTP/1.1\r\n");
    request.append("Host: ").append(url.getAuthority()).append("\r\n");
    request.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: ");
    request.append(Base64.getEncoder().encodeToString(nonce)).append("\r\n");
    if (authToken != null) {
      request.append("X-Twilio-Signature: ");
      request.append(CarrierSignature.of(authToken, url.toString(), Map.of())).append("\r\n");
    }
    ByteBuffer bytes = ByteBuffer.wrap(CallerFrames.ascii(request.append("\r\n").toString()));
    while (bytes.hasRemaining()) {
      long _ = channel.write(bytes);
    }
    String status = status(channel);
    if (!status.startsWith("HTTP/1.1 101")) {
      throw new IOException("the stream was refused: " + status);
    }
  }

  /// The first line of the answer, which is read to the end of its head: the server says nothing
  /// more before the stream's `start`.
  private static String status(SocketChannel channel) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(LONGEST_ANSWER);
    String text = "";
    while (!text.contains("\r\n\r\n") && head.hasRemaining() && channel.read(head) >= 0) {
      text = new String(head.array(), 0, head.position(), StandardCharsets.US_ASCII);
    }
    return text.lines().findFirst().orElse("no answer");
  }

  private static String start(String streamSid, String callSid, Map<String, String> parameters) {
    String custom =
        parameters.entrySet().stream()
            .map(each -> "\"%s\":\"%s\"".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining(","));
    return """
    {"event":"start","sequenceNumber":"1","streamSid":"%s","start":{"accountSid":"AC0","streamSid":"%s",\
    "callSid":"%s","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,\
    "channels":1},"customParameters":{%s}}}\
    """
        .formatted(streamSid, streamSid, callSid, custom);
  }

  private static String hex() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  @Override
  public void close() {
    http.close();
  }
}
