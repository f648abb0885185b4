package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.ingress.realtime.SessionTerms;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.ClientEvent;
import dev.voxlog.schemas.media.MediaFrame;
import dev.voxlog.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// A Realtime session without a socket, over a log in memory, with a clock that stands still and an
/// egress that says what the test says.
final class RealtimeLab implements CarrierSocket, LiveCalls.Player {
  static final CallId CALL = new CallId("realtime-s1");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long EPOCH = 5;

  final MemoryLog log = new MemoryLog();
  final VirtualClock clock = new VirtualClock();
  final IngressMetrics metrics = new IngressMetrics("test");
  final Node node;
  final List<MediaFrame.Report> reports = new ArrayList<>();
  final RealtimeStream stream;
  private final List<JsonNode> events = new ArrayList<>();
  String closed = "";
  boolean isBacklogged;
  private long seq;

  /// With an agent that leaves nothing to its clients.
  RealtimeLab() {
    this(SessionTerms.NONE);
  }

  RealtimeLab(SessionTerms terms) {
    node =
        new Node(
            IngressConfig.local(0, "acme@1")
                .with(
                    new IngressConfig.Agents(
                        "acme@1",
                        Map.of(),
                        Map.of("acme@1", WithholdingMask::new),
                        Map.of("acme@1", terms))),
            log.asLog(clock),
            new LiveCalls(metrics),
            new Capacity(IngressConfig.Limits.USUAL, Map::of, clock),
            metrics,
            Runnable::run);
    stream =
        new RealtimeStream(
            node,
            this,
            new RealtimeCall.Opening("s1", "acme@1", "192.0.2.1"),
            new ClientPace(
                clock, new Allowance(CallerLimits.USUAL.charactersPerMinute(), clock.now())),
            "gpt-realtime");
  }

  @Override
  public void send(String text) {
    try {
      events.add(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public boolean isBacklogged() {
    return isBacklogged;
  }

  @Override
  public void close(int code, String reason) {
    closed = code + " " + reason;
  }

  @Override
  public void report(MediaFrame.Report report) {
    reports.add(report);
  }

  // The client.

  /// The call has begun, and egress is there.
  void begin() {
    stream.open();
    client("'type':'session.update','session':{'type':'realtime'}");
    attach();
    events();
  }

  void client(String fields) {
    stream.message("{" + fields.replace('\'', '"') + "}");
  }

  void append(int ms) {
    String audio = Base64.getEncoder().encodeToString(new byte[ms * 48]);
    client("'type':'input_audio_buffer.append','audio':'" + audio + "'");
  }

  void write(String text) {
    client(
        "'type':'conversation.item.create','item':{'type':'message','role':'user',"
            + "'content':[{'type':'input_text','text':'"
            + text
            + "'}]}");
  }

  /// What came since this was asked last.
  List<JsonNode> events() {
    List<JsonNode> came = List.copyOf(events);
    events.clear();
    return came;
  }

  List<String> types() {
    return events().stream().map(event -> event.path("type").asText()).toList();
  }

  /// The one event of this type among what came.
  JsonNode only(String type) {
    List<JsonNode> found =
        events().stream().filter(event -> event.path("type").asText().equals(type)).toList();
    assertThat(found).as(type).hasSize(1);
    return found.getFirst();
  }

  String fault() {
    return only("error").at("/error/code").asText();
  }

  // Egress.

  void attach() {
    node.calls().command(new MediaFrame.Attach(CALL, EPOCH, ++seq), this);
  }

  void tell(ClientEvent event) {
    node.calls().command(new MediaFrame.Tell(CALL, EPOCH, ++seq, event), this);
  }

  /// Audio and the mark behind it.
  void play(String chunk, int ms) {
    AudioBytes audio = AudioBytes.wrap(new byte[ms * 48]);
    node.calls().command(new MediaFrame.Audio(CALL, EPOCH, ++seq, chunk, audio), this);
    node.calls().command(new MediaFrame.Mark(CALL, EPOCH, ++seq, "5.0/" + chunk), this);
  }

  void clear() {
    node.calls().command(new MediaFrame.Clear(CALL, EPOCH, ++seq), this);
    node.calls().command(new MediaFrame.Mark(CALL, EPOCH, ++seq, "cleared-5"), this);
  }

  void hangUp() {
    node.calls().command(new MediaFrame.HangUp(CALL, EPOCH, ++seq), this);
  }

  /// What the call's caller says: all that egress tells of it.
  void speech(int utterance, String words) {
    tell(new ClientEvent.SpeechStarted(utterance, 1_000));
    tell(new ClientEvent.Final(utterance, words));
    tell(new ClientEvent.SpeechEnded(utterance, 2_500, true));
  }

  void pass(int ms) {
    clock.advance(Duration.ofMillis(ms));
  }

  List<String> played() {
    return reports.stream()
        .filter(MediaFrame.Played.class::isInstance)
        .map(report -> ((MediaFrame.Played) report).name())
        .toList();
  }
}
