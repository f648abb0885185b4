package dev.voxlog.egress;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent.Ruling;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What a call's playback needs from before its safe point: which turns are over, where the talk
/// stands, how long it has lasted.
record PlaybackState(
    int doneThrough, int silences, long elapsedMs, Utterance utterance, int answerAbove) {
  private static final byte VERSION = 1;
  private static final int BYTES = 2 * Byte.BYTES + 5 * Integer.BYTES + 2 * Long.BYTES;
  static final PlaybackState BEGINNING = new PlaybackState(0, 0, 0, Utterance.NONE, -1);

  static PlaybackState of(@Nullable AudioBytes bytes) {
    if (bytes == null) {
      return BEGINNING;
    }
    ByteBuffer in = bytes.buffer();
    if (in.get() != VERSION) {
      return BEGINNING;
    }
    int doneThrough = in.getInt();
    int silences = in.getInt();
    long elapsedMs = in.getLong();
    int number = in.getInt();
    boolean isOver = in.get() != 0;
    int ruling = in.getInt();
    long mediaMs = in.getLong();
    Utterance utterance =
        new Utterance(number, "", isOver, ruling < 0 ? null : Ruling.values()[ruling], mediaMs);
    return new PlaybackState(doneThrough, silences, elapsedMs, utterance, in.getInt());
  }

  AudioBytes bytes() {
    Ruling ruling = utterance.ruling();
    ByteBuffer out = ByteBuffer.allocate(BYTES + Byte.BYTES);
    out.put(VERSION).putInt(doneThrough).putInt(silences).putLong(elapsedMs);
    out.putInt(utterance.number()).put((byte) (utterance.isOver() ? 1 : 0));
    out.putInt(ruling == null ? -1 : ruling.ordinal())
        .putLong(utterance.mediaMs())
        .putInt(answerAbove);
    return AudioBytes.copyOf(out.flip());
  }
}
