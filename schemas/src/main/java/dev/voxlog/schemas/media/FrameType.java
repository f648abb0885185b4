package dev.voxlog.schemas.media;

import org.jspecify.annotations.Nullable;

/// The byte that says what a frame is. Numbers are given once and never again; 1 and 21 are used
/// up.
enum FrameType {
  CHALLENGE(2),
  HELLO(3),
  ATTACH(16),
  AUDIO(17),
  MARK(18),
  CLEAR(19),
  HANG_UP(20),
  TELL(22),
  ACCEPTED(32),
  REFUSED(33),
  PLAYED(34),
  GONE(35),
  TRUNCATED(36);

  private static final @Nullable FrameType[] BY_CODE = new FrameType[256];

  static {
    for (FrameType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /// Null for a type of a newer version.
  static @Nullable FrameType of(int code) {
    return BY_CODE[code];
  }
}
