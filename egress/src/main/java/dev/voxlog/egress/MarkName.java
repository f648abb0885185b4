package dev.voxlog.egress;

import java.util.Optional;

/// A mark's name on the carrier's wire: `<epoch>.<run>/<turn>.<sentence>.<chunk>`, the chunk that
/// has been played when it comes back.
///
/// A run begins with every clear and every new stream, so that audio that is sent again never
/// shares a mark with what was dropped.
record MarkName(long epoch, int run, ChunkName after) {

  static Optional<ChunkName> chunkOf(String name) {
    return ChunkName.parse(name.substring(name.indexOf('/') + 1));
  }

  /// The mark that follows a clear: older marks that come before it were dropped, not heard.
  static String cleared(long epoch) {
    return "cleared-" + epoch;
  }

  @Override
  public String toString() {
    return epoch + "." + run + "/" + after;
  }
}
