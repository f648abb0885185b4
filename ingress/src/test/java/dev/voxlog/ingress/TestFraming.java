package dev.voxlog.ingress;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.media.MediaFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The simplest framing that can carry every frame: a length, a kind, the fields in order.
final class TestFraming implements MediaFraming {
  @Override
  public byte[] encode(MediaFrame frame) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      write(frame, out);
      return ByteBuffer.allocate(4 + bytes.size()).putInt(bytes.size()).put(bytes.toByteArray()).array();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(MediaFrame frame, DataOutputStream out) throws IOException {
    out.writeUTF(frame.getClass().getSimpleName());
    switch (frame) {
      case MediaFrame.Hello hello -> {
        out.writeUTF(hello.node());
        out.writeUTF(hello.secret());
      }
      case MediaFrame.Command command -> {
        out.writeUTF(command.callId().value());
        out.writeLong(command.epoch());
        out.writeLong(command.seq());
        switch (command) {
          case MediaFrame.Audio audio -> {
            out.writeUTF(audio.chunk());
            out.writeInt(audio.audio().length());
            out.write(audio.audio().array());
          }
          case MediaFrame.Mark mark -> out.writeUTF(mark.name());
          case MediaFrame.ClientEvent event -> out.writeUTF(event.json());
          case MediaFrame.Attach _, MediaFrame.Clear _, MediaFrame.HangUp _ -> {}
        }
      }
      case MediaFrame.Report report -> write(report, out);
    }
  }

  private static void write(MediaFrame.Report report, DataOutputStream out) throws IOException {
    out.writeUTF(report.callId().value());
    switch (report) {
      case MediaFrame.Accepted accepted -> {
        out.writeLong(accepted.epoch());
        out.writeInt(accepted.attach());
        out.writeUTF(accepted.lastChunk());
        out.writeUTF(String.join(",", accepted.outstandingMarks()));
      }
      case MediaFrame.Refused refused -> {
        out.writeLong(refused.epoch());
        out.writeLong(refused.currentEpoch());
      }
      case MediaFrame.Played played -> {
        out.writeInt(played.attach());
        out.writeUTF(played.name());
      }
      case MediaFrame.Gone gone -> out.writeLong(gone.epoch());
    }
  }

  @Override
  public Reader reader() {
    return new Reader() {
      private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

      @Override
      public void read(byte[] bytes, Consumer<MediaFrame> frames) {
        pending.writeBytes(bytes);
        ByteBuffer all = ByteBuffer.wrap(pending.toByteArray());
        pending.reset();
        while (all.remaining() >= 4 && all.remaining() - 4 >= all.getInt(all.position())) {
          byte[] one = new byte[all.getInt()];
          all.get(one);
          frames.accept(parse(one));
        }
        pending.write(all.array(), all.position(), all.remaining());
      }
    };
  }

  private static MediaFrame parse(byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      String kind = in.readUTF();
      if (kind.equals("Hello")) {
        return new MediaFrame.Hello(in.readUTF(), in.readUTF());
      }
      CallId call = new CallId(in.readUTF());
      return switch (kind) {
        case "Attach" -> new MediaFrame.Attach(call, in.readLong(), in.readLong());
        case "Audio" ->
            new MediaFrame.Audio(
                call, in.readLong(), in.readLong(), in.readUTF(), AudioBytes.wrap(in.readNBytes(in.readInt())));
        case "Mark" -> new MediaFrame.Mark(call, in.readLong(), in.readLong(), in.readUTF());
        case "Clear" -> new MediaFrame.Clear(call, in.readLong(), in.readLong());
        case "HangUp" -> new MediaFrame.HangUp(call, in.readLong(), in.readLong());
        case "ClientEvent" -> new MediaFrame.ClientEvent(call, in.readLong(), in.readLong(), in.readUTF());
        case "Accepted" -> new MediaFrame.Accepted(call, in.readLong(), in.readInt(), in.readUTF(), marks(in.readUTF()));
        case "Refused" -> new MediaFrame.Refused(call, in.readLong(), in.readLong());
        case "Played" -> new MediaFrame.Played(call, in.readInt(), in.readUTF());
        case "Gone" -> new MediaFrame.Gone(call, in.readLong());
        default -> throw new IllegalArgumentException(kind);
      };
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<String> marks(String joined) {
    return joined.isEmpty() ? List.of() : new ArrayList<>(List.of(joined.split(",")));
  }
}
