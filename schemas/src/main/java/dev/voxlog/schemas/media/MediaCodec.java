package dev.voxlog.schemas.media;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.MediaFrame.Accepted;
import dev.voxlog.schemas.media.MediaFrame.Attach;
import dev.voxlog.schemas.media.MediaFrame.Audio;
import dev.voxlog.schemas.media.MediaFrame.Challenge;
import dev.voxlog.schemas.media.MediaFrame.Clear;
import dev.voxlog.schemas.media.MediaFrame.Command;
import dev.voxlog.schemas.media.MediaFrame.Gone;
import dev.voxlog.schemas.media.MediaFrame.HangUp;
import dev.voxlog.schemas.media.MediaFrame.Hello;
import dev.voxlog.schemas.media.MediaFrame.Mark;
import dev.voxlog.schemas.media.MediaFrame.Played;
import dev.voxlog.schemas.media.MediaFrame.Refused;
import dev.voxlog.schemas.media.MediaFrame.Report;
import dev.voxlog.schemas.media.MediaFrame.Tell;
import dev.voxlog.schemas.media.MediaFrame.Truncated;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Media frames as bytes: the length of what follows in four bytes, one byte of type, the fields in
/// the record's order.
///
/// Numbers are big-endian, texts and byte runs have their length in four bytes before them. A
/// reader leaves unread what a newer version has put after the fields it knows, and skips types it
/// does not know. Stateless; see [MediaDecoder] for reading a connection.
public final class MediaCodec {
  /// The most bytes that may follow a length.
  public static final int MAX_LENGTH = 1 << 20;

  static final int LENGTH_BYTES = 4;

  private MediaCodec() {}

  /// Throws [MediaFrameException] for a frame over [#MAX_LENGTH].
  public static byte[] encode(MediaFrame frame) {
    FrameWriter out = new FrameWriter();
    switch (frame) {
      case Challenge challenge -> out.type(FrameType.CHALLENGE).text(challenge.nonce());
      case Hello hello -> out.type(FrameType.HELLO).text(hello.node()).text(hello.proof());
      case Command command -> write(command, out);
      case Report report -> write(report, out);
    }
    return out.finish();
  }

  private static void write(Command command, FrameWriter out) {
    FrameType type =
        switch (command) {
          case Attach _ -> FrameType.ATTACH;
          case Audio _ -> FrameType.AUDIO;
          case Mark _ -> FrameType.MARK;
          case Clear _ -> FrameType.CLEAR;
          case HangUp _ -> FrameType.HANG_UP;
          case Tell _ -> FrameType.TELL;
        };
    out.type(type).text(command.callId().value()).number(command.epoch()).number(command.seq());
    switch (command) {
      case Audio audio -> out.text(audio.chunk()).bytes(audio.audio().array());
      case Mark mark -> out.text(mark.name());
      case Tell tell -> ClientEventCodec.write(tell.event(), out);
      case Attach _, Clear _, HangUp _ -> {}
    }
  }

  private static void write(Report report, FrameWriter out) {
    String call = report.callId().value();
    switch (report) {
      case Accepted accepted -> {
        out.type(FrameType.ACCEPTED).text(call).number(accepted.epoch()).count(accepted.attach());
        out.text(accepted.lastChunk()).count(accepted.outstandingMarks().size());
        accepted.outstandingMarks().forEach(out::text);
      }
      case Refused refused ->
          out.type(FrameType.REFUSED)
              .text(call)
              .number(refused.epoch())
              .number(refused.currentEpoch());
      case Played played ->
          out.type(FrameType.PLAYED).text(call).count(played.attach()).text(played.name());
      case Truncated truncated ->
          out.type(FrameType.TRUNCATED)
              .text(call)
              .count(truncated.attach())
              .text(truncated.chunk())
              .number(truncated.ms());
      case Gone gone -> out.type(FrameType.GONE).text(call).number(gone.epoch());
    }
  }

  /// Reads one frame without its length, from the buffer's position to its limit; empty for a type,
  /// or a client event, of a newer version.
  ///
  /// Throws [MediaFrameException].
  public static Optional<MediaFrame> decode(ByteBuffer body) {
    if (!body.hasRemaining()) {
      throw new MediaFrameException("a frame without a type");
    }
    FrameType type = FrameType.of(body.get() & 0xff);
    if (type == null) {
      return Optional.empty();
    }
    if (type == FrameType.TELL) {
      return tell(body);
    }
    return Optional.of(
        switch (type) {
          case CHALLENGE -> new Challenge(text(body, type));
          case HELLO -> new Hello(text(body, type), text(body, type));
          case ATTACH -> new Attach(call(body, type), number(body, type), number(body, type));
          case AUDIO ->
              new Audio(
                  call(body, type),
                  number(body, type),
                  number(body, type),
                  text(body, type),
                  AudioBytes.wrap(bytes(body, type)));
          case MARK ->
              new Mark(call(body, type), number(body, type), number(body, type), text(body, type));
          case CLEAR -> new Clear(call(body, type), number(body, type), number(body, type));
          case HANG_UP -> new HangUp(call(body, type), number(body, type), number(body, type));
          case ACCEPTED -> accepted(body, type);
          case REFUSED -> new Refused(call(body, type), number(body, type), number(body, type));
          case PLAYED -> new Played(call(body, type), count(body, type), text(body, type));
          case GONE -> new Gone(call(body, type), number(body, type));
          case TRUNCATED ->
              new Truncated(
                  call(body, type), count(body, type), text(body, type), number(body, type));
          case TELL -> throw new IllegalStateException("read apart");
        });
  }

  private static Optional<MediaFrame> tell(ByteBuffer body) {
    CallId call = call(body, FrameType.TELL);
    long epoch = number(body, FrameType.TELL);
    long seq = number(body, FrameType.TELL);
    return ClientEventCodec.read(body).map(event -> new Tell(call, epoch, seq, event));
  }

  private static Accepted accepted(ByteBuffer body, FrameType type) {
    CallId call = call(body, type);
    long epoch = number(body, type);
    int attach = count(body, type);
    String lastChunk = text(body, type);
    int marks = count(body, type);
    if (marks < 0 || marks > body.remaining() / Integer.BYTES) {
      throw new MediaFrameException("ACCEPTED with " + marks + " marks");
    }
    List<String> outstanding = new ArrayList<>(marks);
    for (int i = 0; i < marks; i++) {
      outstanding.add(text(body, type));
    }
    return new Accepted(call, epoch, attach, lastChunk, outstanding);
  }

  private static CallId call(ByteBuffer body, FrameType type) {
    String text = text(body, type);
    if (text.isBlank() || text.length() > 128) {
      throw new MediaFrameException(type + " without a call id");
    }
    return new CallId(text);
  }

  static long number(ByteBuffer body, FrameType type) {
    need(body, type, Long.BYTES);
    return body.getLong();
  }

  static int count(ByteBuffer body, FrameType type) {
    need(body, type, Integer.BYTES);
    return body.getInt();
  }

  static String text(ByteBuffer body, FrameType type) {
    return new String(bytes(body, type), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer body, FrameType type) {
    int length = count(body, type);
    need(body, type, length);
    byte[] bytes = new byte[length];
    body.get(bytes);
    return bytes;
  }

  private static void need(ByteBuffer body, FrameType type, int bytes) {
    if (bytes < 0 || body.remaining() < bytes) {
      throw new MediaFrameException(type + " ends too early");
    }
  }
}
