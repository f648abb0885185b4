package dev.voxlog.ingress;

import dev.voxlog.schemas.media.MediaFrame;
import java.util.function.Consumer;

/// Media frames to bytes and back.
public interface MediaFraming {
  byte[] encode(MediaFrame frame);

  Reader reader();

  /// One connection's bytes, as they come.
  interface Reader {
    /// Gives every frame that is complete.
    ///
    /// @throws IllegalArgumentException if the bytes are no frames
    void read(byte[] bytes, Consumer<MediaFrame> frames);
  }
}
