package dev.voxlog.ingress;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.ClientEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One carrier socket, from its first message to its close: messages become records, commands
/// become messages.
///
/// Confined to the node's event loop. Between `start` and the answer of the directory, which says
/// how often the call was attached before, messages are held; nothing here ever waits.
final class CallerStream implements CallStream {
  private static final Logger log = LoggerFactory.getLogger(CallerStream.class);
  private static final int MOST_HELD = 500;
  private static final int MOST_ERRORS = 20;

  /// 200 ms of µ-law: carriers take no whole sentence in one message.
  private static final int PIECE = 1_600;

  private static final List<String> OWN_PARAMETERS = List.of("from", "to", "agent", "token");

  private final Node node;
  private final Carrier carrier;
  private final CarrierSocket socket;
  private final Deque<CarrierMessage> held = new ArrayDeque<>();
  private final Deque<String[]> earlyFaults = new ArrayDeque<>();
  private Phase phase = Phase.OPENED;
  private boolean isConnected;
  private @Nullable String endReason;
  private CarrierMessage.@Nullable Start start;
  private @Nullable StreamRecords records;
  private int faults;

  private enum Phase {
    OPENED,
    ATTACHING,
    STREAMING,
    /// The carrier said stop, the socket is still open.
    STOPPED,
    CLOSED
  }

  CallerStream(Node node, Carrier carrier, CarrierSocket socket) {
    this.node = node;
    this.carrier = carrier;
    this.socket = socket;
  }

  @Override
  public void message(String text) {
    try {
      take(carrier.read(text));
    } catch (MalformedMessageException e) {
      fault("malformed-message", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void binaryMessage() {
    fault("malformed-message", "a binary message");
  }

  private void take(CarrierMessage message) {
    switch (message) {
      case CarrierMessage.Ignored _ -> {}
      case CarrierMessage.Connected _ -> connected();
      case CarrierMessage.Start begin -> start(begin);
      default -> {
        switch (phase) {
          case OPENED -> fault("wrong-order", name(message) + " before start");
          case ATTACHING -> hold(message);
          case STREAMING -> handle(message);
          case STOPPED -> fault("wrong-order", name(message) + " after stop");
          case CLOSED -> {}
        }
      }
    }
  }

  private static String name(CarrierMessage message) {
    return message.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private void connected() {
    if (isConnected || phase != Phase.OPENED) {
      fault("wrong-order", "connected again");
    }
    isConnected = true;
  }

  private void hold(CarrierMessage message) {
    if (held.size() < MOST_HELD) {
      held.add(message);
    } else {
      node.metrics().count("held-too-long");
    }
  }

  private void start(CarrierMessage.Start begin) {
    if (phase != Phase.OPENED) {
      fault("wrong-order", "start again");
      return;
    }
    StreamTokens tokens = node.tokens();
    if (tokens != null && !tokens.isValid(begin.parameters().get("token"), begin.carrierCallId())) {
      node.metrics().count("bad-token");
      close(1008, "this stream was not asked for");
      return;
    }
    phase = Phase.ATTACHING;
    start = begin;
    CallId call = carrier.callId(begin.carrierCallId());
    CallStream replaced = node.calls().place(call, this);
    if (replaced != null) {
      replaced.close(1000, "superseded");
    }
    CallDirectory directory = node.log().directory();
    var _ =
        directory
            .now(call)
            .thenCompose(known ->
                known.attach() == 0
                    ? CompletableFuture.completedFuture(0L)
                    : directory.recordedEndMs(call, known))
            .thenAccept(endMs -> node.loop().execute(() -> attached(call, begin, endMs)));
  }

  private void attached(CallId call, CarrierMessage.Start begin, long recordedEndMs) {
    CallStream current = node.calls().stream(call);
    if (current != null && current != this && current.isStreaming()) {
      // The stream that replaced this one is already attached, and a higher number would fence it.
      node.metrics().count("attached-too-late");
      return;
    }
    // Asked anew: what was found out during the look-up counts.
    KnownCall known = node.log().directory().known(call);
    if (known.ended() != null) {
      node.metrics().count("call-is-over");
      close(1008, "the call is over");
      return;
    }
    if (known.isUnknown() && !node.capacity().welcomes(call)) {
      node.metrics().count("refused-stream");
      close(1013, "no new calls at the moment");
      return;
    }
    int attach = known.attach() + 1;
    StreamRecords writing =
        new StreamRecords(
            node,
            carrier.codec(),
            call,
            attach,
            attach == 1 ? 0 : Math.max(recordedEndMs, known.endMs()));
    records = writing;
    String agent = agent(begin);
    if (!known.isStarted()) {
      writing.started(started(call, begin, agent));
    }
    writing.attached(begin.streamId(), agent, false);
    log.info("{} attached, no. {}", call, attach);
    boolean isStillOpen = phase == Phase.ATTACHING;
    phase = Phase.STREAMING;
    earlyFaults.forEach(early -> writing.error(early[0], early[1]));
    earlyFaults.clear();
    while (!held.isEmpty()) {
      take(held.remove());
    }
    if (!isStillOpen) {
      phase = Phase.CLOSED;
      leave(false, endReason == null ? "dropped" : endReason);
    }
  }

  private String agent(CarrierMessage.Start begin) {
    String asked = begin.parameters().get("agent");
    IngressConfig.Agents agents = node.config().agents();
    return agents
        .key(asked)
        .orElseGet(() -> {
          fault(
              "unknown-agent",
              "the stream asks for an agent that is not loaded; the default answers");
          return agents.defaultKey();
        });
  }

  private CallEvent.Started started(CallId call, CarrierMessage.Start begin, String agent) {
    Map<String, String> rest = new HashMap<>(begin.parameters());
    OWN_PARAMETERS.forEach(rest::remove);
    String from = begin.parameters().get("from");
    String to = begin.parameters().get("to");
    Instant now = node.log().clock().now();
    return new CallEvent.Started(
        call, now, carrier.name(), begin.carrierCallId(), "inbound", from, to, agent, rest);
  }

  private void handle(CarrierMessage message) {
    StreamRecords writing = records;
    if (writing == null) {
      return;
    }
    switch (message) {
      case CarrierMessage.Media media -> writing.audio(media.timestampMs(), media.audio());
      case CarrierMessage.BrokenMedia broken -> {
        log.debug("a frame is dropped: {}", broken.reason());
        node.metrics().count("bad-base64");
      }
      case CarrierMessage.Dtmf dtmf -> writing.dtmf(dtmf.digit());
      case CarrierMessage.Mark mark -> {
        node.calls().markReturned(writing.call(), writing.attach(), mark.name());
        writing.mark(mark.name());
      }
      case CarrierMessage.Stop _ -> {
        leave(true, "stop");
        phase = Phase.STOPPED;
      }
      case CarrierMessage.Connected _, CarrierMessage.Start _, CarrierMessage.Ignored _ -> {}
    }
  }

  /// Counts; one record each tells the call's readers, up to a bound. The carrier is told nothing:
  /// it has no message for it.
  private void fault(String reason, String detail) {
    node.metrics().count(reason);
    if (++faults > MOST_ERRORS) {
      return;
    }
    if (records == null) {
      earlyFaults.add(new String[] {reason, detail});
    } else {
      records.error(reason, detail);
    }
  }

  /// The socket is closed, by whomever.
  void closed() {
    Phase before = phase;
    phase = Phase.CLOSED;
    if (before == Phase.STREAMING) {
      leave(false, endReason == null ? "dropped" : endReason);
    }
    if (before == Phase.OPENED || before == Phase.STOPPED) {
      forget();
    }
  }

  private void leave(boolean isHangUp, String reason) {
    if (records != null) {
      records.detached(isHangUp, reason);
      log.info("{} detached: {}", records.call(), reason);
    }
    forget();
  }

  private void forget() {
    if (start != null) {
      node.calls().remove(carrier.callId(start.carrierCallId()), this);
    }
  }

  /// A socket on which nobody begins a call is not kept.
  void closeUnlessStarted() {
    if (phase == Phase.OPENED) {
      node.metrics().count("no-start");
      close(1008, "no start");
    }
  }

  /// Ends the stream from this side.
  @Override
  public void close(int code, String reason) {
    if (endReason == null) {
      endReason = reason;
    }
    Phase before = phase;
    phase = Phase.CLOSED;
    if (before == Phase.STREAMING) {
      leave(false, reason);
    }
    if (before != Phase.CLOSED) {
      socket.close(code, reason);
    }
    forget();
  }

  // Commands from egress.

  @Override
  public boolean isStreaming() {
    return phase == Phase.STREAMING;
  }

  @Override
  public String agent() {
    return records == null ? "" : records.agent();
  }

  @Override
  public int attach() {
    return records == null ? 0 : records.attach();
  }

  @Override
  public String caller() {
    return start == null ? "" : start.parameters().getOrDefault("from", "");
  }

  @Override
  public void play(String chunk, AudioBytes audio) {
    send(carrier.media(streamId(), audio));
  }

  @Override
  public void say(AudioBytes mulaw) {
    for (int from = 0; from < mulaw.length(); from += PIECE) {
      send(carrier.media(streamId(), mulaw.slice(from, Math.min(from + PIECE, mulaw.length()))));
    }
  }

  /// A carrier has no message for it.
  @Override
  public void tell(ClientEvent event) {
    node.metrics().count("client-event-unasked");
  }

  @Override
  public void mark(String name) {
    send(carrier.mark(streamId(), name));
  }

  @Override
  public void clear() {
    send(carrier.clear(streamId()));
  }

  @Override
  public void hangUp() {
    close(1000, AGENT_HUNG_UP);
  }

  private String streamId() {
    return start == null ? "" : start.streamId();
  }

  private void send(String text) {
    socket.send(text);
    if (socket.isBacklogged()) {
      node.metrics().count("carrier-backlog");
      close(1011, "the carrier leaves too much unread");
    }
  }
}
