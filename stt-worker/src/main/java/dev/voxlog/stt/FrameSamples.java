package dev.voxlog.stt;

import dev.voxlog.audio.G711;
import dev.voxlog.audio.Pcm;
import dev.voxlog.audio.Resampler;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Codec;
import org.jspecify.annotations.Nullable;

/// A line's frames as samples at 8 kHz. Of a wide line the last few come with the next frame. Not
/// thread-safe.
final class FrameSamples {
  private static final float[] NONE = {};

  private @Nullable Resampler resampler;

  float[] of(CallerAudio.Frame frame) {
    byte[] bytes = frame.audio().array();
    Codec codec = frame.codec();
    return switch (codec) {
      case MULAW_8K -> Pcm.toFloats(G711.decodeMulaw(bytes));
      case PCM16_8K -> Pcm.toFloats(Pcm.fromBytes(bytes));
      case PCM16_16K, PCM16_24K -> narrow(Pcm.toFloats(Pcm.fromBytes(bytes)), codec.sampleRate());
      // Of an unknown codec only the time can be told.
      case UNKNOWN -> new float[bytes.length];
    };
  }

  private float[] narrow(float[] wide, int rate) {
    if (resampler == null) {
      resampler = new Resampler(rate, VoiceActivityDetector.SAMPLE_RATE);
    }
    return resampler.process(wide);
  }

  /// What is still to come of the frames so far; what follows does not follow on them.
  float[] rest() {
    float[] rest = resampler == null ? NONE : resampler.flush();
    resampler = null;
    return rest;
  }
}
