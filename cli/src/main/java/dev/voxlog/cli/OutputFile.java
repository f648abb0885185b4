package dev.voxlog.cli;

import dev.voxlog.cli.settings.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A file that an option names for a result.
public record OutputFile(String option, Path path) {
  /// Before long work, whether [#write] will find where to write; nothing is left there.
  ///
  /// @throws UserError if not
  public void check() {
    try {
      if (Files.isDirectory(path)) {
        throw new IOException("it is a folder");
      }
      // Asking for permission does not tell everything.
      if (Files.exists(path)) {
        Files.newOutputStream(path, StandardOpenOption.APPEND).close();
      } else {
        Files.delete(Files.createTempFile(nextFolder(), "voxlog", null));
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private Path folder() throws IOException {
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      throw new IOException("it is a folder");
    }
    return folder;
  }

  /// The folder, or of those it is in the next that is there.
  private Path nextFolder() throws IOException {
    Path folder = folder();
    while (!Files.exists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    return folder;
  }

  /// Folders that are missing are made. Whoever ends the program meanwhile leaves what was there
  /// before.
  ///
  /// @throws UserError if the file cannot be written
  public void write(String text) {
    try {
      Files.createDirectories(folder());
      Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        // A pipe, or what a terminal is.
        Files.writeString(target, text);
        return;
      }
      Path beside = target.resolveSibling(target.getFileName() + ".part");
      Files.writeString(beside, text);
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private UserError refused(IOException why) {
    return new UserError(
        "%s %s cannot be written (%s); name a file in a folder of yours"
            .formatted(option, path, why.getMessage()));
  }
}
