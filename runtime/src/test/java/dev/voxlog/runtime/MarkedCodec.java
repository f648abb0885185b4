package dev.voxlog.runtime;

import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.VoxEvent;
import java.util.Arrays;

/// Records behind a mark that says what they play: a known schema, one the registry must be asked
/// for, a kind of a newer version.
final class MarkedCodec implements LogCodec {
  static final byte[] NEWER = {'n'};

  private static final byte KNOWN = 'k';
  private static final byte UNKNOWN = 'u';
  private static final PlainLogCodec PLAIN = new PlainLogCodec();

  volatile boolean isRegistryDown;
  private volatile boolean hasAsked;

  static byte[] ofUnknownSchema(VoxEvent event) {
    return marked(UNKNOWN, event);
  }

  private static byte[] marked(byte mark, VoxEvent event) {
    byte[] plain = PLAIN.encode(event);
    byte[] value = new byte[plain.length + 1];
    value[0] = mark;
    System.arraycopy(plain, 0, value, 1, plain.length);
    return value;
  }

  @Override
  public byte[] encode(VoxEvent event) {
    return marked(KNOWN, event);
  }

  @Override
  public boolean mustAsk(byte[] value) {
    return value[0] == UNKNOWN && !hasAsked;
  }

  @Override
  public Read decode(Topic topic, byte[] value) throws UnreadableException {
    if (value[0] == UNKNOWN) {
      if (isRegistryDown) {
        throw new UnavailableException("down for a test", new IllegalStateException());
      }
      hasAsked = true;
    }
    return value[0] == 'n'
        ? new Read.NewerKind("FUTURE")
        : PLAIN.decode(topic, Arrays.copyOfRange(value, 1, value.length));
  }
}
