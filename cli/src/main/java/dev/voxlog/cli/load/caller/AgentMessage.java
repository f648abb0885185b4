package dev.voxlog.cli.load.caller;

import dev.voxlog.audio.G711;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A message to the caller. Only what load looks at is read, and no document is built: 300 callers
/// are to cost next to nothing.
sealed interface AgentMessage {
  /// Audio of so many samples, and how many of them come before the first that can be heard: all,
  /// if none can.
  record Media(int samples, int quiet) implements AgentMessage {}

  /// Its name as it stands between the quotes.
  record Mark(String quotedName) implements AgentMessage {}

  record Clear() implements AgentMessage {}

  /// Anything else.
  record Other() implements AgentMessage {}

  static AgentMessage read(byte[] json) {
    Span event = Fields.value(json, "\"event\"");
    if (event == null) {
      return new Other();
    }
    return switch (event.text(json)) {
      case "media" -> media(json, Fields.value(json, "\"payload\""));
      case "mark" -> mark(json, Fields.value(json, "\"name\""));
      case "clear" -> new Clear();
      default -> new Other();
    };
  }

  private static AgentMessage media(byte[] json, @Nullable Span payload) {
    if (payload == null) {
      return new Other();
    }
    ByteBuffer mulaw =
        Base64.getDecoder().decode(ByteBuffer.wrap(json, payload.from(), payload.length()));
    return new Media(mulaw.remaining(), Loudness.quiet(mulaw));
  }

  private static AgentMessage mark(byte[] json, @Nullable Span name) {
    return name == null ? new Other() : new Mark(name.text(json));
  }

  /// A piece of a message.
  record Span(int from, int to) {
    int length() {
      return to - from;
    }

    @SuppressWarnings("deprecation") // the cheap way for what is ASCII
    String text(byte[] json) {
      return new String(json, 0, from, length());
    }
  }

  /// Which samples can be heard.
  final class Loudness {
    /// About −50 dBFS.
    private static final int AUDIBLE = 100;

    private static final boolean[] IS_AUDIBLE = new boolean[256];

    static {
      byte[] all = new byte[IS_AUDIBLE.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = (byte) i;
      }
      short[] samples = G711.decodeMulaw(all);
      for (int i = 0; i < all.length; i++) {
        IS_AUDIBLE[i] = Math.abs(samples[i]) > AUDIBLE;
      }
    }

    private Loudness() {}

    static int quiet(ByteBuffer mulaw) {
      int samples = 0;
      while (samples < mulaw.remaining()
          && !IS_AUDIBLE[mulaw.get(mulaw.position() + samples) & 0xFF]) {
        samples++;
      }
      return samples;
    }
  }

  /// Finds texts by their key.
  final class Fields {
    private Fields() {}

    /// Where the text of a key stands, null if there is none.
    static @Nullable Span value(byte[] json, String quotedKey) {
      int at = indexOf(json, quotedKey);
      if (at < 0) {
        return null;
      }
      int from = at + quotedKey.length();
      while (from < json.length && (json[from] == ':' || json[from] == ' ')) {
        from++;
      }
      if (from >= json.length || json[from] != '"') {
        return null;
      }
      int to = ++from;
      while (to < json.length && json[to] != '"') {
        to += json[to] == '\\' ? 2 : 1;
      }
      return to < json.length ? new Span(from, to) : null;
    }

    private static int indexOf(byte[] json, String wanted) {
      for (int i = 0; i <= json.length - wanted.length(); i++) {
        int same = 0;
        while (same < wanted.length() && json[i + same] == wanted.charAt(same)) {
          same++;
        }
        if (same == wanted.length()) {
          return i;
        }
      }
      return -1;
    }
  }
}
