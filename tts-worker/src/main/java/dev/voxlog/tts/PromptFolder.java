package dev.voxlog.tts;

import dev.voxlog.schemas.Word;
import dev.voxlog.tts.text.SpokenClause;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// An agent's fixed wordings on disk, so that a later start need not say them again. Nothing of a
/// caller is kept here.
///
/// A file that cannot be read or written is as good as none. Safe between processes: files appear
/// whole.
final class PromptFolder {
  /// Part of every name; raised when a change of code changes how voices sound.
  private static final int FORMAT = 1;

  private final Path folder;

  PromptFolder(Path folder) {
    this.folder = folder;
  }

  Optional<Spoken> find(String voice, SpokenClause clause, int rate) {
    try (DataInputStream in =
        new DataInputStream(
            new ByteArrayInputStream(Files.readAllBytes(file(voice, clause, rate))))) {
      List<Word> words = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        words.add(new Word(in.readUTF(), in.readLong(), in.readLong(), 1.0, in.readBoolean()));
      }
      int length = in.readInt();
      if (length != in.available() / Short.BYTES) {
        return Optional.empty();
      }
      short[] samples = new short[length];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = in.readShort();
      }
      return Optional.of(Spoken.of(samples, words));
    } catch (IOException | RuntimeException absentOrDamaged) {
      return Optional.empty();
    }
  }

  void keep(String voice, SpokenClause clause, int rate, Spoken spoken) {
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "prompt", ".part");
      Files.write(part, bytes(spoken));
      Files.move(
          part,
          file(voice, clause, rate),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      // The next start says it again.
    }
  }

  private static byte[] bytes(Spoken spoken) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(spoken.words().size());
      for (Word word : spoken.words()) {
        out.writeUTF(word.text());
        out.writeLong(word.startMs());
        out.writeLong(word.endMs());
        out.writeBoolean(word.isEstimated());
      }
      out.writeInt(spoken.samples().length);
      for (short sample : spoken.samples()) {
        out.writeShort(sample);
      }
    }
    return bytes.toByteArray();
  }

  private Path file(String voice, SpokenClause clause, int rate) {
    String identity = FORMAT + "\n" + voice + "\n" + rate + "\n" + clause;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash) + ".prompt");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
