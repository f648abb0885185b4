package dev.voxlog.models;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Takes single files, and stretches of files, out of package archives.
final class Archives {
  private Archives() {}

  /// Extracts the named entries of a gzipped tar in one pass; entries that do not exist are absent
  /// from the answer. Target names are ours, so an entry's path cannot leave the folder.
  static Map<String, Path> extractTgz(Path archive, Set<String> entries, Path folder)
      throws IOException {
    Map<String, Path> found = new HashMap<>();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file, 1 << 16))) {
      for (TarArchiveEntry entry = tar.getNextEntry();
          entry != null && found.size() < entries.size();
          entry = tar.getNextEntry()) {
        if (entry.isFile() && entries.contains(entry.getName())) {
          Path target = folder.resolve("entry-" + found.size());
          Files.copy(tar, target);
          found.put(entry.getName(), target);
        }
      }
    }
    return found;
  }

  /// Extracts one entry of a zip (jar, aar) to `target`; false if there is none.
  static boolean extractZip(Path archive, String entryName, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      ZipEntry entry = zip.getEntry(entryName);
      if (entry == null) {
        return false;
      }
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, target);
      }
      return true;
    }
  }

  /// Copies a stretch of a file to `target`.
  static void slice(Path file, ByteRange range, Path target) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long copied = 0;
      while (copied < range.size()) {
        long step = in.transferTo(range.from() + copied, range.size() - copied, out);
        if (step <= 0) {
          throw new IOException("file ends inside the byte range");
        }
        copied += step;
      }
    }
  }

  /// Copies at most `limit` bytes from a stream, refusing a longer one.
  static void copyAtMost(InputStream in, long limit, Path target) throws IOException {
    try (FileChannel out =
        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long copied = out.transferFrom(Channels.newChannel(in), 0, limit + 1);
      if (copied > limit) {
        throw new IOException("more than the pinned " + limit + " bytes arrived");
      }
    }
  }
}
