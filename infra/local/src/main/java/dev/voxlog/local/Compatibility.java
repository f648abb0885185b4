package dev.voxlog.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/// Which earlier versions a new schema must agree with, and in which direction.
enum Compatibility {
  NONE,
  BACKWARD,
  BACKWARD_TRANSITIVE,
  FORWARD,
  FORWARD_TRANSITIVE,
  FULL,
  FULL_TRANSITIVE;

  static Optional<Compatibility> named(String name) {
    for (Compatibility level : values()) {
      if (level.name().equals(name.toUpperCase(Locale.ROOT))) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /// Whether all earlier versions count, not the last alone.
  boolean isTransitive() {
    return name().endsWith("_TRANSITIVE");
  }

  private boolean isBackward() {
    return name().startsWith("BACKWARD") || name().startsWith("FULL");
  }

  private boolean isForward() {
    return name().startsWith("FORWARD") || name().startsWith("FULL");
  }

  /// Why `candidate` does not go with an earlier version; empty when it does.
  List<String> conflicts(Schema candidate, Schema earlier, int version) {
    List<String> conflicts = new ArrayList<>();
    if (isBackward()) {
      conflicts.addAll(conflicts(candidate, earlier, "it cannot read version " + version));
    }
    if (isForward()) {
      conflicts.addAll(conflicts(earlier, candidate, "version " + version + " cannot read it"));
    }
    return conflicts;
  }

  private static List<String> conflicts(Schema reader, Schema writer, String what) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    return result.getType() == SchemaCompatibilityType.COMPATIBLE
        ? List.of()
        : result.getResult().getIncompatibilities().stream()
            .map(found ->
                "%s: %s at %s, %s"
                    .formatted(what, found.getType(), found.getLocation(), found.getMessage()))
            .toList();
  }
}
