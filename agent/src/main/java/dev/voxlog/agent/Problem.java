package dev.voxlog.agent;

/// One thing wrong in an agent file. Lines and columns count from 1; 0 means the file as a whole.
/// `key` is the path to the value, as in `flows[0].call.tool`.
public record Problem(int line, int column, String key, String reason, String fix) {
  @Override
  public String toString() {
    String where = line == 0 ? "" : "line " + line + ", ";
    return where
        + (key.isEmpty() ? "" : key + ": ")
        + reason
        + ". Fix: "
        + fix
        + (fix.endsWith("?") ? "" : ".");
  }
}
