package dev.voxlog.ingress;

import dev.voxlog.schemas.media.MediaFrame;

final class TestFraming implements MediaFraming {
  @Override
  public byte[] encode(MediaFrame frame) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Reader reader() {
    return (_, _) -> {};
  }
}
