package dev.voxlog.cli.settings;

import dev.voxlog.agent.Durations;

/// One key of the configuration, or a family of keys when it ends in `.*`.
///
/// `standard` is what holds when nobody sets it, as it would be written; empty when nothing does.
/// `meaning` says in a sentence what it does.
public record Setting(String key, Kind kind, String standard, String meaning) {

  /// What a value must look like.
  public enum Kind {
    TEXT("text"),
    SECRET("text, not shown"),
    FOLDER("folder"),
    PORT("port, 0 for any free one"),
    WHOLE("whole number"),
    NUMBER("number"),
    DURATION("duration, such as 300ms, 1.5s, 15m"),
    FAMILY("text");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    private boolean fits(String value) {
      return switch (this) {
        case TEXT, SECRET, FOLDER, FAMILY -> true;
        case PORT -> value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65_535;
        case WHOLE -> value.matches("\\d{1,9}");
        case NUMBER -> value.matches("\\d{1,9}(\\.\\d{1,9})?");
        case DURATION -> Durations.parse(value).isPresent();
      };
    }
  }

  boolean isFamily() {
    return kind == Kind.FAMILY;
  }

  /// What keys of the family begin with.
  String prefix() {
    return key.substring(0, key.length() - 1);
  }

  boolean covers(String other) {
    return isFamily()
        ? other.startsWith(prefix()) && other.length() > prefix().length()
        : key.equals(other);
  }

  /// @throws UserError if the value is none of this kind
  void check(String writtenKey, String value, String origin) {
    if (!kind.fits(value)) {
      String shown = kind == Kind.SECRET ? "a value" : "'" + value + "'";
      String example = standard.isEmpty() ? "" : "; the default is " + standard;
      throw new UserError(
          "%s: %s = %s is no %s%s".formatted(origin, writtenKey, shown, kind.words(), example));
    }
  }
}
