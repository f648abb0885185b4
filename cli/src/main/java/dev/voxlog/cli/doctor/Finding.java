package dev.voxlog.cli.doctor;

/// One thing that was looked at: how it is, and what to do about it (empty if nothing).
public record Finding(String area, State state, String what, String fix) {

  /// How well it is.
  public enum State {
    OK,
    /// It works, but not as well as it could, or not yet.
    NOTE,
    BAD
  }

  static Finding ok(String area, String what) {
    return new Finding(area, State.OK, what, "");
  }

  static Finding note(String area, String what, String fix) {
    return new Finding(area, State.NOTE, what, fix);
  }

  static Finding bad(String area, String what, String fix) {
    return new Finding(area, State.BAD, what, fix);
  }
}
