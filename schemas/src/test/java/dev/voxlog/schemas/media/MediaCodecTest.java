package dev.voxlog.schemas.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MediaCodecTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void framesComeBackHoweverTheirBytesAreCut(long seed) {
    Random random = new Random(seed);
    List<MediaFrame> sent = frames(random);
    byte[] bytes = encode(sent);
    List<MediaFrame> received = new ArrayList<>();
    MediaDecoder decoder = new MediaDecoder();

    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(1 << random.nextInt(15)));
      decoder.read(Arrays.copyOfRange(bytes, from, to), received::add);
      from = to;
    }

    assertThat(received).isEqualTo(sent);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void changedBytesGiveFramesOrAReasonAndNothingElse(long seed) {
    Random random = new Random(seed);
    byte[] bytes = encode(frames(random));
    for (int n = 1 + random.nextInt(8); n > 0; n--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    MediaDecoder decoder = new MediaDecoder();
    try {
      decoder.read(bytes, frame -> assertThat(frame).isNotNull());
    } catch (MediaFrameException e) {
      assertThat(e.getMessage()).isNotBlank();
      assertThatThrownBy(() -> decoder.read(new byte[1], _ -> {}))
          .hasMessageContaining("broken before");
    }
  }

  @Test
  void aTypeOfANewerVersionIsSkipped() {
    MediaFrame clear = new MediaFrame.Clear(new CallId("c"), 3, 4);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {0, 0, 0, 3, (byte) 200, 1, 2});
    bytes.writeBytes(MediaCodec.encode(clear));
    List<MediaFrame> received = new ArrayList<>();
    MediaDecoder decoder = new MediaDecoder();

    decoder.read(bytes.toByteArray(), received::add);

    assertThat(received).containsExactly(clear);
  }

  @Test
  void aClientEventOfANewerVersionIsSkipped() {
    MediaFrame known =
        new MediaFrame.Tell(new CallId("c"), 3, 5, new ClientEvent.Final(1, "Hello."));
    byte[] newer = MediaCodec.encode(known);
    ByteBuffer.wrap(newer).putInt(4 + 1 + 4 + 1 + 8 + 8, 99);
    List<MediaFrame> received = new ArrayList<>();
    MediaDecoder decoder = new MediaDecoder();

    decoder.read(newer, received::add);
    decoder.read(MediaCodec.encode(known), received::add);

    assertThat(received).containsExactly(known);
  }

  @Test
  void whatANewerVersionPutsAfterTheFieldsIsLeftUnread() {
    MediaFrame clear = new MediaFrame.Clear(new CallId("c"), 3, 4);
    byte[] bytes = MediaCodec.encode(clear);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 6);
    ByteBuffer.wrap(longer).putInt(bytes.length - 4 + 6);
    List<MediaFrame> received = new ArrayList<>();

    new MediaDecoder().read(longer, received::add);

    assertThat(received).containsExactly(clear);
  }

  @Test
  void aLengthBeyondTheBoundIsRefusedBeforeItsBytesCome() {
    byte[] tooLong = ByteBuffer.allocate(4).putInt(MediaCodec.MAX_LENGTH + 1).array();

    assertThatThrownBy(() -> new MediaDecoder().read(tooLong, _ -> {}))
        .isInstanceOf(MediaFrameException.class)
        .hasMessageContaining("1048577");
    assertThatThrownBy(() -> new MediaDecoder().read(new byte[4], _ -> {}))
        .isInstanceOf(MediaFrameException.class);
    assertThatThrownBy(() -> MediaCodec.encode(audio(MediaCodec.MAX_LENGTH)))
        .hasMessageContaining("too long");
    assertThatCode(() -> MediaCodec.encode(audio(MediaCodec.MAX_LENGTH - 100)))
        .doesNotThrowAnyException();
  }

  private static MediaFrame audio(int length) {
    return new MediaFrame.Audio(new CallId("c"), 1, 2, "1.0.0", AudioBytes.wrap(new byte[length]));
  }

  private static byte[] encode(List<MediaFrame> frames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    frames.forEach(frame -> bytes.writeBytes(MediaCodec.encode(frame)));
    return bytes.toByteArray();
  }

  private static List<MediaFrame> frames(Random random) {
    List<MediaFrame> frames = new ArrayList<>();
    for (int n = 1 + random.nextInt(30); n > 0; n--) {
      frames.add(frame(random));
    }
    return frames;
  }

  private static MediaFrame frame(Random random) {
    CallId call = new CallId("call-" + random.nextInt());
    long epoch = random.nextLong();
    long seq = random.nextLong();
    return switch (random.nextInt(13)) {
      case 0 -> new MediaFrame.Hello(text(random), text(random));
      case 1 -> new MediaFrame.Attach(call, epoch, seq);
      case 2 -> {
        byte[] audio = new byte[random.nextInt(9000)];
        random.nextBytes(audio);
        yield new MediaFrame.Audio(call, epoch, seq, "2.1.3", AudioBytes.wrap(audio));
      }
      case 3 -> new MediaFrame.Mark(call, epoch, seq, text(random));
      case 4 -> new MediaFrame.Clear(call, epoch, seq);
      case 5 -> new MediaFrame.HangUp(call, epoch, seq);
      case 6 -> new MediaFrame.Challenge(text(random).repeat(2000));
      case 7 ->
          new MediaFrame.Accepted(
              call, epoch, random.nextInt(), text(random), List.of(text(random), text(random)));
      case 8 -> new MediaFrame.Refused(call, epoch, seq);
      case 9 -> new MediaFrame.Played(call, random.nextInt(), text(random));
      case 10 -> new MediaFrame.Tell(call, epoch, seq, event(random));
      case 11 -> new MediaFrame.Truncated(call, random.nextInt(), text(random), seq);
      default -> new MediaFrame.Gone(call, epoch);
    };
  }

  private static ClientEvent event(Random random) {
    int number = random.nextInt();
    return switch (random.nextInt(6)) {
      case 0 -> new ClientEvent.SpeechStarted(number, random.nextLong(), random.nextBoolean());
      case 1 -> new ClientEvent.SpeechEnded(number, random.nextLong(), random.nextBoolean());
      case 2 -> new ClientEvent.Interim(number, random.nextInt(), text(random));
      case 3 -> new ClientEvent.Final(number, text(random));
      case 4 -> new ClientEvent.SentenceBegan(number, random.nextInt(), text(random));
      default ->
          new ClientEvent.TurnOver(
              number, random.nextBoolean(), text(random), random.nextLong(), random.nextLong());
    };
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(30), 0x20, 0x2fff)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
