package dev.voxlog.agent.reading;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The names a file declares, by kind, whether or not what they name could be read: a broken flow
/// is not a missing one.
final class Declared {
  private final Problems problems;
  private final Map<String, Set<String>> names = new LinkedHashMap<>();

  Declared(Problems problems) {
    this.problems = problems;
  }

  void add(String kind, String name, String path) {
    if (!name.isEmpty() && !names.computeIfAbsent(kind, _ -> new LinkedHashSet<>()).add(name)) {
      problems.add(
          path,
          name + " is the name of another " + kind,
          "give each " + kind + " a name of its own");
    }
  }

  Set<String> all(String kind) {
    return names.getOrDefault(kind, Set.of());
  }

  /// Notes a problem if nothing of that kind has the name.
  void require(String kind, String name, String path) {
    if (!name.isEmpty() && !all(kind).contains(name)) {
      problems.add(path, "no " + kind + " is named " + name, Closest.fix(name, all(kind)));
    }
  }
}
