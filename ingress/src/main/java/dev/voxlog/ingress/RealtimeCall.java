package dev.voxlog.ingress;

import dev.voxlog.audio.G711;
import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Resampler;
import dev.voxlog.ingress.realtime.AgentResponses;
import dev.voxlog.ingress.realtime.AppendedAudio;
import dev.voxlog.ingress.realtime.Playout;
import dev.voxlog.ingress.realtime.ProtocolFault;
import dev.voxlog.runtime.VoxClock;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallSettings;
import dev.voxlog.schemas.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The call behind a Realtime session from its beginning on: what the client sends is written, what
/// it is sent is played by its clock. Attached once, for a session cannot be taken up again.
///
/// Confined to the node's event loop.
final class RealtimeCall {
  static final int ATTACH = 1;
  private static final String CARRIER = "realtime";

  /// Longer than an agent's endpointing waits.
  private static final Duration COMMIT_SILENCE = Duration.ofSeconds(2);

  /// So much longer than the client's own, for windows do not end where silences do.
  private static final Duration COMMIT_MARGIN = Duration.ofMillis(500);

  private static final Duration PIECE = Duration.ofMillis(200);

  private final Node node;
  private final CallId id;
  private final Codec codec;
  private final CallSettings settings;
  private final AgentResponses agent;
  private final StreamRecords records;
  private final AppendedAudio appended;
  private final Playout playout;
  private VoxClock.@Nullable Cancellable alarm;
  private @Nullable Instant alarmAt;
  private boolean isOver;

  /// What the call begins with: the session's id, of which the call's is made, the key of the agent
  /// that answers, and by what the client is counted.
  record Opening(String session, String agent, String client) {
    CallId call() {
      return new CallId(CARRIER + "-" + session);
    }
  }

  RealtimeCall(
      Node node, Opening opening, Codec codec, CallSettings settings, AgentResponses agent) {
    this.node = node;
    this.id = opening.call();
    this.codec = codec;
    this.settings = settings;
    this.agent = agent;
    records = new StreamRecords(node, codec, id, ATTACH, 0);
    appended = new AppendedAudio(codec, now());
    playout = new Playout(codec, new Outlet());
  }

  /// To be called once the stream has the call's place.
  void begin(Opening opening) {
    records.started(
        new CallEvent.Started(
            id,
            now(),
            CARRIER,
            opening.session(),
            "inbound",
            null,
            null,
            opening.agent(),
            Map.of(),
            settings));
    records.attached(opening.session(), opening.agent(), true);
  }

  private Instant now() {
    return node.log().clock().now();
  }

  String agent() {
    return records.agent();
  }

  // From the client.

  void append(AudioBytes audio) throws ProtocolFault {
    write(appended.append(audio, now()));
  }

  private void write(List<AppendedAudio.Piece> pieces) {
    pieces.forEach(piece -> records.audio(piece.atMs(), piece.audio()));
  }

  /// What was appended is an utterance. Gives how far the call has come.
  long commitAppended() {
    write(appended.rest());
    return records.committed();
  }

  /// What was appended is not to be heard.
  void dropAppended() {
    appended.clear();
    records.cleared();
  }

  /// Nothing more is to be heard for now.
  void commit() {
    write(appended.silence(silenceThatEnds(), now()));
  }

  private Duration silenceThatEnds() {
    Long longest = settings.turnDetection().maxSilenceMs();
    Duration wanted =
        longest == null ? COMMIT_SILENCE : Duration.ofMillis(longest).plus(COMMIT_MARGIN);
    return wanted.compareTo(COMMIT_SILENCE) > 0 ? wanted : COMMIT_SILENCE;
  }

  /// Audio is written as it comes: only what was too little for that can be taken back.
  void clearAppended() {
    appended.clear();
  }

  void typed(String text) {
    records.typed(text);
  }

  void cancel() {
    records.cancel();
  }

  void ask() {
    records.asked();
  }

  void error(String reason, String detail) {
    records.error(reason, detail);
  }

  /// The client has played so much of the item's audio and plays no more of it.
  void stopped(String itemId, long ms) {
    playout.stopped(itemId, ms, now());
    watch();
  }

  // From egress.

  void play(String chunk, AudioBytes audio) {
    playout.audio(chunk, audio, now());
    watch();
  }

  void mark(String name) {
    playout.mark(name, now());
    watch();
  }

  void clear() {
    playout.clear(now());
    watch();
  }

  /// What the node itself says.
  void say(AudioBytes mulaw) {
    AudioBytes audio = inCodec(mulaw);
    String item = agent.announce(audio, codec.bytes(PIECE));
    playout.announced(item, audio.length(), now());
    watch();
  }

  private AudioBytes inCodec(AudioBytes mulaw) {
    if (codec == Codec.MULAW_8K) {
      return mulaw;
    }
    Resampler resampler = new Resampler(Codec.MULAW_8K.sampleRate(), codec.sampleRate());
    float[] wide = resampler.process(Pcm.toFloats(G711.decodeMulaw(mulaw.array())));
    return AudioBytes.wrap(Pcm.toBytes(Pcm.toShorts(wide)));
  }

  /// Where what is played goes, and what is known of its playing.
  private final class Outlet implements Playout.Outlet {
    @Override
    public String send(String chunk, AudioBytes audio) {
      return agent.audio(chunk, audio);
    }

    @Override
    public void returned(String mark) {
      node.calls().markReturned(id, ATTACH, mark);
      records.mark(mark);
    }

    @Override
    public void truncated(String chunk, long ms) {
      node.calls().truncated(id, ATTACH, chunk, ms);
    }

    @Override
    public void brokenOff() {
      agent.brokenOff();
    }
  }

  // The clock.

  /// Sets the alarm for the next thing that happens by itself.
  private void watch() {
    Instant at = isOver ? null : playout.wakesAt();
    if (Objects.equals(at, alarmAt)) {
      return;
    }
    if (alarm != null) {
      alarm.cancel();
    }
    alarmAt = at;
    alarm = at == null ? null : alarm(at);
  }

  private VoxClock.Cancellable alarm(Instant at) {
    Duration delay = Duration.between(now(), at);
    return node.log().clock().schedule(delay, () -> node.loop().execute(() -> rang(at)));
  }

  private void rang(Instant at) {
    if (at.equals(alarmAt) && !isOver) {
      alarmAt = null;
      playout.wake(now());
      watch();
    }
  }

  void leave(boolean isHangUp, String reason) {
    isOver = true;
    watch();
    write(appended.rest());
    records.detached(isHangUp, reason);
  }
}
