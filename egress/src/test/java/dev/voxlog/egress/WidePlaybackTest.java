package dev.voxlog.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.AgentAudio;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.TurnEvent.Next;
import dev.voxlog.schemas.TurnEvent.Purpose;
import dev.voxlog.schemas.Word;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Audio of 24 kHz is played, cut and resumed at the same places as a telephone's.
class WidePlaybackTest {
  private static final int BYTES_PER_MS = 48;
  private static final int CHUNK_MS = 400;
  private static final int WORD_MS = 250;
  private static final String TEXT = "one two three four five six seven eight";
  private final CallLab call = CallLab.program();

  @BeforeEach
  void theCarrierPlaysWideAudio() {
    call.carrier().bytesPerMs = BYTES_PER_MS;
    int chunks = 2_000 / CHUNK_MS;
    for (int i = 0; i < chunks; i++) {
      int from = i * CHUNK_MS;
      List<Word> words =
          List.of(TEXT.split(" ")).stream()
              .map(text -> new Word(text, at(text), at(text) + WORD_MS, 1, false))
              .filter(word -> word.startMs() >= from && word.startMs() < from + CHUNK_MS)
              .toList();
      call.give(
          new AgentAudio.Chunk(
              CallLab.CALL,
              call.now(),
              1,
              0,
              i,
              Codec.PCM16_24K,
              AudioBytes.wrap(audio(from, from + CHUNK_MS)),
              from,
              words,
              i == chunks - 1,
              false,
              Purpose.ANSWER,
              i == 0 ? TEXT : null));
    }
    call.endsTurn(1, 1, Next.LISTEN);
  }

  private static long at(String word) {
    return (long) List.of(TEXT.split(" ")).indexOf(word) * WORD_MS;
  }

  private static byte[] audio(int fromMs, int toMs) {
    byte[] bytes = new byte[(toMs - fromMs) * BYTES_PER_MS];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((fromMs * BYTES_PER_MS + i) * 31 / 7);
    }
    return bytes;
  }

  @Test
  void itIsHeardWholeAndInItsTime() {
    call.pass(1_000);
    assertThat(call.carrier().heard()).isEqualTo(audio(0, 1_000));

    call.pass(1_100);
    assertThat(call.carrier().heard()).isEqualTo(audio(0, 2_000));
    assertThat(call.heard()).containsExactly("1.0 whole ACKED " + TEXT);
  }

  @Test
  void anInterruptionFallsBetweenTheSameWords() {
    call.pass(600).startsSpeaking(1).words(1, 1, "wait a moment").pass(500);

    assertThat(call.carrier().heard()).isEqualTo(audio(0, 600));
    assertThat(call.heard()).containsExactly("1.0 part ESTIMATED one two");
    assertThat(call.told(CallEvent.Heard.class))
        .extracting(CallEvent.Heard::heardMs)
        .containsExactly(600L);
  }

  @Test
  void whatIsResumedGoesOnAtTheWordThatWasCutOffWithWholeSamples() {
    call.pass(610).startsSpeaking(1).pass(300).stopsSpeaking(1, "").pass(3_000);

    byte[] heard = call.carrier().heard();
    byte[] before = audio(0, 610);
    assertThat(heard).startsWith(before);
    assertThat(Arrays.copyOfRange(heard, before.length, heard.length)).isEqualTo(audio(500, 2_000));
  }

  @Test
  void aSuccessorGoesOnInItAndRepeatsNothing() {
    call.pass(700).lab.takeOver();
    call.pass(3_000);

    assertThat(call.carrier().heard()).isEqualTo(audio(0, 2_000));
    assertThat(call.heard()).containsExactly("1.0 whole ACKED " + TEXT);
  }
}
