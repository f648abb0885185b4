package dev.voxlog.runtime;

import dev.voxlog.schemas.Decoded;
import dev.voxlog.schemas.Topic;
import dev.voxlog.schemas.TopicCodec;
import dev.voxlog.schemas.TopicCodecs;
import dev.voxlog.schemas.UndecodableRecordException;
import dev.voxlog.schemas.VoxEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Events as bare Avro of this version's schemas: for bytes that no other program reads, and no
/// registry is asked about.
public final class PlainLogCodec implements LogCodec {

  @Override
  public byte[] encode(VoxEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try {
      TopicCodecs.of(Topic.of(event)).encodeAny(event, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public Read decode(Topic topic, byte[] value) throws UnreadableException {
    TopicCodec<?> codec = TopicCodecs.of(topic);
    try {
      return switch (codec.decode(codec.schema(), value)) {
        case Decoded.Event<?>(VoxEvent event) -> new Read.Known(event);
        case Decoded.Unknown<?>(String kind) -> new Read.NewerKind(kind);
      };
    } catch (UndecodableRecordException e) {
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    }
  }
}
