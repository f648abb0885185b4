package dev.voxlog.schemas.media;

import dev.voxlog.schemas.media.ClientEvent.Final;
import dev.voxlog.schemas.media.ClientEvent.Interim;
import dev.voxlog.schemas.media.ClientEvent.SentenceBegan;
import dev.voxlog.schemas.media.ClientEvent.SpeechEnded;
import dev.voxlog.schemas.media.ClientEvent.SpeechStarted;
import dev.voxlog.schemas.media.ClientEvent.TurnOver;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Client events as bytes: their number, then the record's fields in order. Numbers are given once
/// and never again. Stateless.
final class ClientEventCodec {
  private static final FrameType TELL = FrameType.TELL;
  private static final int SPEECH_STARTED = 1;
  private static final int SPEECH_ENDED = 2;
  private static final int INTERIM = 3;
  private static final int FINAL = 4;
  private static final int SENTENCE_BEGAN = 5;
  private static final int TURN_OVER = 6;

  private ClientEventCodec() {}

  static void write(ClientEvent event, FrameWriter out) {
    switch (event) {
      case SpeechStarted e ->
          out.count(SPEECH_STARTED)
              .count(e.utterance())
              .number(e.onsetMs())
              .count(asCount(e.isTyped()));
      case SpeechEnded e ->
          out.count(SPEECH_ENDED)
              .count(e.utterance())
              .number(e.endMs())
              .count(asCount(e.hadWords()));
      case Interim e -> out.count(INTERIM).count(e.utterance()).count(e.revision()).text(e.text());
      case Final e -> out.count(FINAL).count(e.utterance()).text(e.text());
      case SentenceBegan e ->
          out.count(SENTENCE_BEGAN).count(e.turn()).count(e.sentence()).text(e.text());
      case TurnOver e ->
          out.count(TURN_OVER)
              .count(e.turn())
              .count(asCount(e.isInterrupted()))
              .text(e.heard())
              .number(e.promptTokens())
              .number(e.completionTokens());
    }
  }

  private static int asCount(boolean isSo) {
    return isSo ? 1 : 0;
  }

  /// Empty for an event of a newer version.
  static Optional<ClientEvent> read(ByteBuffer body) {
    return Optional.ofNullable(
        switch (count(body)) {
          case SPEECH_STARTED -> new SpeechStarted(count(body), number(body), count(body) != 0);
          case SPEECH_ENDED -> new SpeechEnded(count(body), number(body), count(body) != 0);
          case INTERIM -> new Interim(count(body), count(body), text(body));
          case FINAL -> new Final(count(body), text(body));
          case SENTENCE_BEGAN -> new SentenceBegan(count(body), count(body), text(body));
          case TURN_OVER ->
              new TurnOver(count(body), count(body) != 0, text(body), number(body), number(body));
          default -> null;
        });
  }

  private static int count(ByteBuffer body) {
    return MediaCodec.count(body, TELL);
  }

  private static long number(ByteBuffer body) {
    return MediaCodec.number(body, TELL);
  }

  private static String text(ByteBuffer body) {
    return MediaCodec.text(body, TELL);
  }
}
