package dev.voxlog.cli;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Resampler;
import dev.voxlog.audio.ToneCode;
import dev.voxlog.schemas.CallId;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A program on `/v1/realtime`: a microphone that is never off, a keyboard, and all that it is
/// told, in order.
final class RealtimeProgram implements WebSocket.Listener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RATE = 24_000;
  private static final int FRAME = RATE / 50;

  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<short[]> speech = new ConcurrentLinkedQueue<>();
  private final StringBuilder message = new StringBuilder();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ScheduledExecutorService microphone = Executors.newSingleThreadScheduledExecutor();
  private final WebSocket socket;

  RealtimeProgram(int port) {
    socket =
        client
            .newWebSocketBuilder()
            .subprotocols("realtime")
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/realtime?model=any"), this)
            .join();
  }

  // What it sends.

  RealtimeProgram send(String event) {
    try {
      return sendRaw(JSON.readTree(event).toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// One at a time: the microphone sends as well, and a socket refuses what comes too early.
  synchronized RealtimeProgram sendRaw(String text) {
    try {
      socket.sendText(text, true).get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return this;
  }

  /// From here on the microphone gives a frame each 20 ms, of silence where nothing is said.
  RealtimeProgram listens() {
    var _ = microphone.scheduleAtFixedRate(this::frame, 0, 20, TimeUnit.MILLISECONDS);
    return this;
  }

  private void frame() {
    short[] said = speech.poll();
    append(Pcm.toBytes(said == null ? new short[FRAME] : said));
  }

  private void append(byte[] pcm) {
    ObjectNode append = JSON.createObjectNode().put("type", "input_audio_buffer.append");
    send(append.put("audio", Base64.getEncoder().encodeToString(pcm)).toString());
  }

  /// Sends a tone at once, as who talks by pushing.
  RealtimeProgram appends(int tone) {
    append(speech(tone));
    return this;
  }

  /// A tone as it is spoken: PCM at 24 kHz.
  static byte[] speech(int tone) {
    return Pcm.toBytes(wide(tone));
  }

  private static short[] wide(int tone) {
    float[] narrow = Pcm.toFloats(ToneCode.encode(tone, 900));
    return Pcm.toShorts(Resampler.resample(narrow, 8_000, RATE));
  }

  RealtimeProgram says(int tone) {
    short[] wide = wide(tone);
    for (int at = 0; at < wide.length; at += FRAME) {
      speech.add(Arrays.copyOfRange(wide, at, at + FRAME));
    }
    return this;
  }

  RealtimeProgram types(String text) {
    ObjectNode item = JSON.createObjectNode().put("type", "message").put("role", "user");
    item.putArray("content").addObject().put("type", "input_text").put("text", text);
    ObjectNode create = JSON.createObjectNode().put("type", "conversation.item.create");
    return send(create.set("item", item).toString()).send("{\"type\":\"response.create\"}");
  }

  // What it is told.

  /// The call that the session is, by what it is told of tracing.
  CallId call() {
    JsonNode session = awaits(0, "session.created").path("session");
    return new CallId(session.path("tracing").path("group_id").asText());
  }

  int told() {
    return events.size();
  }

  /// The first event of the type, from place `from` on.
  JsonNode awaits(int from, String type) {
    return awaits(from, event -> event.path("type").asText().equals(type));
  }

  JsonNode awaits(int from, Predicate<JsonNode> wanted) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> events.stream().skip(from).filter(wanted).findFirst().orElse(null),
            event -> event != null);
  }

  /// All events from place `from` on.
  List<JsonNode> events(int from) {
    return List.copyOf(events.subList(from, events.size()));
  }

  List<String> types(int from) {
    return events.stream().skip(from).map(event -> event.path("type").asText()).toList();
  }

  /// The tones of what it was given to play from place `from` on.
  List<Integer> tones(int from) {
    ByteArrayOutputStream pcm = new ByteArrayOutputStream();
    for (JsonNode event : events.subList(from, events.size())) {
      if (event.path("type").asText().equals("response.output_audio.delta")) {
        pcm.writeBytes(Base64.getDecoder().decode(event.path("delta").asText()));
      }
    }
    float[] wide = Pcm.toFloats(Pcm.fromBytes(pcm.toByteArray()));
    return ToneCode.ids(Pcm.toShorts(Resampler.resample(wide, RATE, 8_000)));
  }

  /// What a finished response says that the agent said.
  static String transcript(JsonNode done) {
    StringBuilder text = new StringBuilder();
    for (JsonNode item : done.path("response").path("output")) {
      for (JsonNode part : item.path("content")) {
        text.append(' ').append(part.path("transcript").asText());
      }
    }
    return text.toString().strip();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
    message.append(data);
    if (isLast) {
      try {
        events.add(JSON.readTree(message.toString()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("no JSON: " + message, e);
      }
      message.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public void close() {
    microphone.shutdownNow();
    socket.abort();
    client.close();
  }
}
