package dev.voxlog.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who listens on a port, on Linux and as far as this user may see.
public final class PortHolder {
  private static final String LISTENING = "0A";
  private static final int ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private final Path proc;

  public PortHolder() {
    this(Path.of("/proc"));
  }

  PortHolder(Path proc) {
    this.proc = proc;
  }

  /// As in "java, process 4711"; empty if nobody can be named.
  public Optional<String> of(int port) {
    try {
      for (String table : List.of("net/tcp", "net/tcp6")) {
        Optional<String> inode = inode(proc.resolve(table), port);
        if (inode.isPresent()) {
          return process("socket:[" + inode.get() + "]");
        }
      }
    } catch (IOException | SecurityException _) {
      // Another system, or another user's process: nobody can be named.
    }
    return Optional.empty();
  }

  private static Optional<String> inode(Path table, int port) throws IOException {
    if (!Files.isReadable(table)) {
      return Optional.empty();
    }
    String end = ":%04X".formatted(port);
    return Files.readAllLines(table).stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(cells -> cells.length > INODE)
        .filter(cells -> cells[ADDRESS].endsWith(end) && cells[STATE].equals(LISTENING))
        .map(cells -> cells[INODE])
        .findFirst();
  }

  private Optional<String> process(String socket) throws IOException {
    try (Stream<Path> all = Files.list(proc)) {
      return all.filter(each -> each.getFileName().toString().matches("\\d+"))
          .filter(each -> holds(each, socket))
          .map(PortHolder::name)
          .findFirst();
    }
  }

  private static boolean holds(Path process, String socket) {
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      return open.anyMatch(each -> leadsTo(each, socket));
    } catch (IOException | SecurityException _) {
      return false;
    }
  }

  private static boolean leadsTo(Path link, String socket) {
    try {
      return Files.readSymbolicLink(link).toString().equals(socket);
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  private static String name(Path process) {
    String id = "process " + process.getFileName();
    try {
      return "%s, %s".formatted(Files.readString(process.resolve("comm")).strip(), id);
    } catch (IOException _) {
      return id;
    }
  }
}
