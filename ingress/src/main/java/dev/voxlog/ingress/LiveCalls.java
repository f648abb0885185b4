package dev.voxlog.ingress;

import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.MediaFrame;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The calls whose streams this node holds, and who may play to each. Confined to the node's event
/// loop.
final class LiveCalls {
  private static final int MOST_FENCES = 20_000;

  private final Map<CallId, CallStream> streams = new HashMap<>();
  private final Map<CallId, MediaFence<Player>> fences = new LinkedHashMap<>(1024, 0.75f, true);
  private final OpenCalls callers = new OpenCalls();
  private final IngressMetrics metrics;
  private String mediaPort = "";

  /// An egress's connection.
  interface Player {
    void report(MediaFrame.Report report);
  }

  LiveCalls(IngressMetrics metrics) {
    this.metrics = metrics;
  }

  void mediaPort(String hostAndPort) {
    mediaPort = hostAndPort;
  }

  /// host:port that egress nodes are told.
  String mediaPort() {
    return mediaPort;
  }

  int size() {
    return streams.size();
  }

  /// How many each caller has.
  OpenCalls callers() {
    return callers;
  }

  /// The stream takes the call's place here; gives the one it replaces.
  @Nullable CallStream place(CallId call, CallStream stream) {
    MediaFence<Player> fence = fences.get(call);
    if (fence != null) {
      fence.streamReplaced();
    }
    callers.opened(call, stream.caller());
    return streams.put(call, stream);
  }

  /// The stream that has the call's place.
  @Nullable CallStream stream(CallId call) {
    return streams.get(call);
  }

  void remove(CallId call, CallStream stream) {
    if (streams.remove(call, stream)) {
      callers.closed(call);
    }
  }

  void closeAll(String reason) {
    List.copyOf(streams.values()).forEach(stream -> stream.close(1001, reason));
  }

  void command(MediaFrame.Command command, Player from) {
    CallId call = command.callId();
    CallStream stream = streams.get(call);
    if (stream == null || !stream.isStreaming()) {
      from.report(new MediaFrame.Gone(call, command.epoch()));
      return;
    }
    MediaFence<Player> fence = fence(call);
    MediaFence.Ruling ruling =
        command instanceof MediaFrame.Attach
            ? fence.attach(command.epoch(), command.seq(), from)
            : fence.admit(command.epoch(), command.seq(), from);
    switch (ruling) {
      case ACCEPTED -> carryOut(command, stream, fence, from);
      case REPEATED -> metrics.count("repeated-command");
      case REFUSED -> {
        metrics.count("refused-command");
        from.report(new MediaFrame.Refused(call, command.epoch(), fence.epoch()));
      }
    }
  }

  private void carryOut(
      MediaFrame.Command command, CallStream stream, MediaFence<Player> fence, Player from) {
    switch (command) {
      case MediaFrame.Attach attach ->
          from.report(
              new MediaFrame.Accepted(
                  attach.callId(),
                  attach.epoch(),
                  stream.attach(),
                  fence.lastChunk(),
                  fence.outstandingMarks()));
      case MediaFrame.Audio audio -> {
        fence.chunkSent(audio.chunk());
        stream.play(audio.chunk(), audio.audio());
      }
      case MediaFrame.Mark mark -> {
        fence.markSent(mark.name());
        stream.mark(mark.name());
      }
      case MediaFrame.Clear _ -> {
        fence.cleared();
        stream.clear();
      }
      case MediaFrame.HangUp _ -> stream.hangUp();
      case MediaFrame.Tell tell -> stream.tell(tell.event());
    }
  }

  private MediaFence<Player> fence(CallId call) {
    MediaFence<Player> fence = fences.computeIfAbsent(call, _ -> new MediaFence<>());
    if (fences.size() > MOST_FENCES) {
      fences.keySet().stream()
          .filter(old -> !streams.containsKey(old))
          .findFirst()
          .ifPresent(fences::remove);
    }
    return fence;
  }

  /// The streams whose carriers have played everything, as far as they were asked to tell.
  Map<CallId, CallStream> quiet() {
    Map<CallId, CallStream> quiet = new HashMap<>();
    streams.forEach((call, stream) -> {
      MediaFence<Player> fence = fences.get(call);
      if (stream.isStreaming() && (fence == null || fence.outstandingMarks().isEmpty())) {
        quiet.put(call, stream);
      }
    });
    return quiet;
  }

  /// A mark came back: the egress that plays to the call hears of it at once.
  void markReturned(CallId call, int attach, String name) {
    MediaFence<Player> fence = fences.get(call);
    if (fence == null || !fence.markReturned(name)) {
      metrics.count("unknown-mark");
      return;
    }
    Player player = fence.player();
    if (player != null) {
      player.report(new MediaFrame.Played(call, attach, name));
    }
  }

  /// The caller's program says where it stopped playing: so does the egress that plays to it know.
  void truncated(CallId call, int attach, String chunk, long ms) {
    MediaFence<Player> fence = fences.get(call);
    Player player = fence == null ? null : fence.player();
    if (player != null) {
      player.report(new MediaFrame.Truncated(call, attach, chunk, ms));
    }
  }

  void disconnected(Player player) {
    fences.values().forEach(fence -> fence.disconnected(player));
  }
}
