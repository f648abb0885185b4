package dev.voxlog.models;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Builds tiny package archives and a stand-in for npm that serves them and counts its calls.
final class Packages {
  private Packages() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  static String integrity(Path archive) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive));
    return "sha512-" + Base64.getEncoder().encodeToString(digest);
  }

  static Path tgz(Path target, Map<String, byte[]> entries) throws IOException {
    try (OutputStream file = Files.newOutputStream(target);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(each.getKey());
        entry.setSize(each.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(each.getValue());
        tar.closeArchiveEntry();
      }
    }
    return target;
  }

  /// A program that, like `npm pack`, leaves the archive in the folder it runs in.
  static String npmServing(Path archive, Path calls) throws IOException {
    Path script = calls.resolveSibling("npm-stand-in");
    Files.writeString(
        script, "#!/bin/sh\necho call >> '" + calls + "'\ncp '" + archive + "' fetched.tgz\n");
    script.toFile().setExecutable(true);
    return script.toString();
  }

  static String npmFailing(Path folder, String message) throws IOException {
    Path script = folder.resolve("npm-failing");
    Files.writeString(script, "#!/bin/sh\necho '" + message + "'\nexit 1\n");
    script.toFile().setExecutable(true);
    return script.toString();
  }

  /// The same after a second or so.
  static String npmSlow(Path folder, String npm) throws IOException {
    Path script = folder.resolve("npm-slow");
    Files.writeString(script, "#!/bin/sh\nsleep 0.7\nexec '" + npm + "'\n");
    script.toFile().setExecutable(true);
    return script.toString();
  }
}
