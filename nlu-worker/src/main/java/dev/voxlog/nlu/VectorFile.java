package dev.voxlog.nlu;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An embedder for agent files' examples that keeps its vectors in a file, by the texts' hashes, so
/// that a later start need not compute them. Never for callers' words: they must not reach a disk.
/// Safe from any thread.
///
/// One file holds the vectors of one model. Processes may share it; the last to save wins, which
/// costs only computing.
final class VectorFile implements TextEmbedder {
  private static final Logger log = LoggerFactory.getLogger(VectorFile.class);
  private static final String FORMAT = "voxlog vectors 1";

  /// About eight megabytes; more than a dozen large agents.
  private static final int MOST = 5_000;

  private final TextEmbedder embedder;
  private final Path file;
  private final Map<String, float[]> vectors = new LinkedHashMap<>(256, 0.75f, true);
  private boolean isChanged;

  /// `file` should name the model; it need not exist.
  VectorFile(TextEmbedder embedder, Path file) {
    this.embedder = embedder;
    this.file = file;
    if (Files.exists(file)) {
      read();
    }
  }

  private void read() {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (!in.readUTF().equals(FORMAT)) {
        return;
      }
      int count = in.readInt();
      int width = in.readInt();
      for (int n = 0; n < count; n++) {
        String key = HexFormat.of().formatHex(in.readNBytes(16));
        float[] vector = new float[width];
        for (int i = 0; i < width; i++) {
          vector[i] = in.readFloat();
        }
        vectors.put(key, vector);
      }
    } catch (IOException | RuntimeException e) {
      vectors.clear();
      log.info("{} cannot be read and is made anew: {}", file, e.toString());
    }
  }

  @Override
  public float[] embed(String text) {
    String key = key(text);
    synchronized (this) {
      float[] known = vectors.get(key);
      if (known != null) {
        return known.clone();
      }
    }
    float[] vector = embedder.embed(text);
    synchronized (this) {
      vectors.put(key, vector.clone());
      isChanged = true;
    }
    return vector;
  }

  private static String key(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM knows SHA-256", e);
    }
  }

  /// Writes what is new. A file that cannot be written is told and costs only the next start's
  /// time.
  synchronized void save() {
    if (!isChanged) {
      return;
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "vectors-", ".tmp");
      try {
        write(draft);
        Files.move(
            draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
      isChanged = false;
    } catch (IOException e) {
      log.info("vectors are not kept in {}: {}", file, e.toString());
    }
  }

  private void write(Path draft) throws IOException {
    // In order of use: the ones not used for longest are left out.
    while (vectors.size() > MOST) {
      vectors.remove(vectors.keySet().iterator().next());
    }
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)))) {
      out.writeUTF(FORMAT);
      out.writeInt(vectors.size());
      out.writeInt(vectors.values().iterator().next().length);
      for (Map.Entry<String, float[]> entry : vectors.entrySet()) {
        out.write(HexFormat.of().parseHex(entry.getKey()));
        for (float each : entry.getValue()) {
          out.writeFloat(each);
        }
      }
    }
  }
}
