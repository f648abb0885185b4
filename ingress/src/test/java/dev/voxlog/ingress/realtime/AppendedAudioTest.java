package dev.voxlog.ingress.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.voxlog.ingress.realtime.AppendedAudio.Piece;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.Codec;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AppendedAudioTest {
  private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");

  private final AppendedAudio audio = new AppendedAudio(Codec.PCM16_24K, BEGUN);

  private List<Piece> append(int lengthMs, int atMs) throws ProtocolFault {
    return audio.append(AudioBytes.wrap(new byte[lengthMs * 48]), BEGUN.plusMillis(atMs));
  }

  private static List<Long> places(List<Piece> pieces) {
    return pieces.stream().map(Piece::atMs).toList();
  }

  @Test
  void whatComesInTimeFollowsWithoutGaps() throws Exception {
    assertThat(places(append(40, 45))).containsExactly(0L);
    assertThat(places(append(40, 80))).containsExactly(40L);
    assertThat(places(append(40, 400))).containsExactly(80L);
    assertThat(places(append(40, 410))).containsExactly(120L);
  }

  @Test
  void aPauseInTheAppendingIsAPauseOnTheLine() throws Exception {
    append(100, 100);

    assertThat(places(append(100, 3_100))).containsExactly(3_000L);
    assertThat(places(append(100, 3_200))).containsExactly(3_100L);
  }

  @Test
  void aRushIsCutAndMayRunAheadForAWhile() throws Exception {
    assertThat(places(append(5_000, 0))).hasSize(50).startsWith(0L, 100L).endsWith(4_900L);
    append(5_000, 0);
    assertThatThrownBy(() -> append(20, 0))
        .isInstanceOfSatisfying(
            ProtocolFault.class, fault -> assertThat(fault.param()).isEqualTo("audio"));
    assertThat(places(append(20, 20))).containsExactly(10_000L);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void crumbsAreGatheredAndNoByteIsLostOrMoved(long seed) throws Exception {
    Random random = new Random(seed);
    byte[] all = new byte[20_000 + 2 * random.nextInt(5_000)];
    random.nextBytes(all);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Piece> pieces = new ArrayList<>();
    for (int from = 0; from < all.length; ) {
      int to = Math.min(all.length, from + 1 + random.nextInt(1 << random.nextInt(13)));
      AudioBytes crumb = AudioBytes.wrap(Arrays.copyOfRange(all, from, to));
      pieces.addAll(audio.append(crumb, BEGUN.plusMillis(to / 48)));
      from = to;
    }
    for (Piece piece : pieces) {
      assertThat(piece.audio().length()).isBetween(20 * 48, 100 * 48);
    }
    pieces.addAll(audio.rest());
    long bytes = 0;
    for (Piece piece : pieces) {
      assertThat(piece.atMs()).isEqualTo(bytes / 48);
      assertThat(piece.audio().length() % 2).isZero();
      bytes += piece.audio().length();
      out.writeBytes(piece.audio().array());
    }
    assertThat(out.toByteArray()).isEqualTo(all);
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @Test
  void silenceFollowsWhatWasGathered() throws Exception {
    append(10, 10);
    List<Piece> pieces = audio.silence(Duration.ofMillis(250), BEGUN.plusMillis(10));

    assertThat(places(pieces)).containsExactly(0L, 10L, 110L, 210L);
    AppendedAudio narrow = new AppendedAudio(Codec.MULAW_8K, BEGUN);
    assertThat(narrow.silence(Duration.ofMillis(100), BEGUN).getFirst().audio().array())
        .hasSize(800)
        .containsOnly((byte) 0xFF);
  }

  @Test
  void whoCommitsAgainAndAgainDoesNotRunAhead() throws Exception {
    for (int times = 0; times < 20; times++) {
      audio.silence(Duration.ofSeconds(2), BEGUN);
    }
    List<Piece> pieces = audio.silence(Duration.ofSeconds(2), BEGUN.plusSeconds(3));

    assertThat(pieces.getFirst().atMs()).isEqualTo(4_000);
    assertThat(places(audio.silence(Duration.ofSeconds(2), BEGUN.plusSeconds(3)))).hasSize(10);
    assertThat(places(audio.silence(Duration.ofSeconds(2), BEGUN.plusSeconds(3)))).isEmpty();
  }

  @Test
  void whatIsClearedIsNotWritten() throws Exception {
    append(10, 10);
    audio.clear();

    assertThat(audio.rest()).isEmpty();
  }
}
