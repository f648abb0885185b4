package dev.voxlog.audio;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jflac.FLACDecoder;
import org.jflac.PCMProcessor;
import org.jflac.metadata.StreamInfo;
import org.jflac.util.ByteData;

/// Audio as it is in a file: `channels[channel][sample]`, floats from −1 to 1.
public record Wav(int sampleRate, float[][] channels) {
  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int ALAW = 6;
  private static final int MULAW = 7;
  private static final int EXTENSIBLE = 0xFFFE;

  /// Reads WAV (PCM of 8 to 32 bits, float, µ-law, A-law) or FLAC, whatever the file's name says.
  ///
  /// @throws IOException if the file cannot be read or is of another kind; the message says which
  public static Wav read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      return parse(bytes);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /// As [#read], from memory.
  public static Wav parse(byte[] bytes) throws IOException {
    try {
      if (isTagged(bytes, "fLaC")) {
        return flac(bytes);
      }
      if (isTagged(bytes, "RIFF")) {
        return riff(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
      }
    } catch (RuntimeException e) {
      throw new IOException("damaged audio file (" + e + "); make it anew", e);
    }
    throw new IOException("neither WAV nor FLAC; convert it, for instance to 16-bit mono WAV");
  }

  private static boolean isTagged(byte[] bytes, String tag) {
    return bytes.length >= 12 && new String(bytes, 0, 4, StandardCharsets.US_ASCII).equals(tag);
  }

  private static Wav riff(ByteBuffer in) throws IOException {
    in.position(12);
    int format = 0;
    int channels = 0;
    int rate = 0;
    int bits = 0;
    while (in.remaining() >= 8) {
      byte[] tag = new byte[4];
      in.get(tag);
      int length = in.getInt();
      int next =
          (int) Math.min(in.limit(), in.position() + (Integer.toUnsignedLong(length) + 1 & ~1L));
      switch (new String(tag, StandardCharsets.US_ASCII)) {
        case "fmt " -> {
          format = in.getShort() & 0xFFFF;
          channels = in.getShort();
          rate = in.getInt();
          bits = in.getShort(in.position() + 6);
          if (format == EXTENSIBLE) {
            format = in.getShort(in.position() + 16) & 0xFFFF;
          }
        }
        case "data" -> {
          // A writer that could not go back leaves a length beyond the file.
          int present = (int) Math.min(in.remaining(), Integer.toUnsignedLong(length));
          ByteBuffer data = in.slice(in.position(), present).order(ByteOrder.LITTLE_ENDIAN);
          return new Wav(rate, samples(data, format, bits, channels));
        }
        default -> {}
      }
      in.position(next);
    }
    throw new IOException("a WAV file without audio data");
  }

  private static float[][] samples(ByteBuffer data, int format, int bits, int channels)
      throws IOException {
    int bytes = bits / 8;
    if (channels < 1 || bytes < 1) {
      throw new IOException("a WAV file without a format");
    }
    int frames = data.remaining() / (bytes * channels);
    float[][] audio = new float[channels][frames];
    for (int frame = 0; frame < frames; frame++) {
      for (float[] channel : audio) {
        channel[frame] = sample(data, format, bits);
      }
    }
    return audio;
  }

  private static float sample(ByteBuffer data, int format, int bits) throws IOException {
    return switch (format) {
      case PCM -> pcm(data, bits);
      case FLOAT -> bits == 64 ? (float) data.getDouble() : data.getFloat();
      case MULAW -> G711.decodeMulaw(new byte[] {data.get()})[0] / 32_768f;
      case ALAW -> G711.decodeAlaw(new byte[] {data.get()})[0] / 32_768f;
      default ->
          throw new IOException("WAV format " + format + " is not known; convert it to 16-bit PCM");
    };
  }

  private static float pcm(ByteBuffer data, int bits) throws IOException {
    return switch (bits) {
      case 8 -> ((data.get() & 0xFF) - 128) / 128f;
      case 16 -> data.getShort() / 32_768f;
      case 24 -> ((data.get() & 0xFF) | (data.get() & 0xFF) << 8 | data.get() << 16) / 8_388_608f;
      case 32 -> data.getInt() / 2_147_483_648f;
      default -> throw new IOException(bits + "-bit PCM is not known; convert it to 16-bit");
    };
  }

  private static Wav flac(byte[] bytes) throws IOException {
    ByteArrayOutputStream pcm = new ByteArrayOutputStream();
    StreamInfo[] info = new StreamInfo[1];
    FLACDecoder decoder = new FLACDecoder(new ByteArrayInputStream(bytes));
    decoder.addPCMProcessor(
        new PCMProcessor() {
          @Override
          public void processStreamInfo(StreamInfo streamInfo) {
            info[0] = streamInfo;
          }

          @Override
          public void processPCM(ByteData data) {
            pcm.write(data.getData(), 0, data.getLen());
          }
        });
    decoder.decode();
    ByteBuffer data = ByteBuffer.wrap(pcm.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    return new Wav(
        info[0].getSampleRate(),
        samples(data, PCM, info[0].getBitsPerSample(), info[0].getChannels()));
  }

  /// The mean of all channels.
  public float[] mono() {
    if (channels.length == 1) {
      return channels[0];
    }
    float[] mean = new float[channels[0].length];
    for (float[] channel : channels) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += channel[i] / channels.length;
      }
    }
    return mean;
  }

  /// All channels at another rate.
  public Wav resampledTo(int rate) {
    return new Wav(
        rate,
        Arrays.stream(channels)
            .map(channel -> Resampler.resample(channel, sampleRate, rate))
            .toArray(float[][]::new));
  }

  /// The mean of all channels at another rate.
  public float[] monoAt(int rate) {
    return Resampler.resample(mono(), sampleRate, rate);
  }

  /// Writes 16-bit PCM.
  public void write(Path file) throws IOException {
    int frames = channels[0].length;
    int length = frames * channels.length * 2;
    ByteBuffer out = ByteBuffer.allocate(44 + length).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + length);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) PCM);
    out.putShort((short) channels.length).putInt(sampleRate);
    out.putInt(sampleRate * channels.length * 2)
        .putShort((short) (channels.length * 2))
        .putShort((short) 16);
    out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(length);
    short[][] samples = new short[channels.length][];
    for (int c = 0; c < channels.length; c++) {
      samples[c] = Pcm.toShorts(channels[c]);
    }
    for (int frame = 0; frame < frames; frame++) {
      for (short[] channel : samples) {
        out.putShort(channel[frame]);
      }
    }
    Files.write(file, out.array());
  }
}
