package dev.voxlog.agent.reading;

import dev.voxlog.agent.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/// What is wrong so far, and where each key of the file stands.
final class Problems {
  private record Position(int line, int column) {}

  private final Map<String, Position> positions = new HashMap<>();
  private final List<Problem> found = new ArrayList<>();

  /// Remembers where the key of this path stands.
  void place(String path, Node node) {
    node.getStartMark().ifPresent(mark -> positions.putIfAbsent(path, position(mark)));
  }

  /// Notes a problem at a path; if it is not in the file, at the nearest key above it that is.
  void add(String path, String reason, String fix) {
    Problem problem = at(path, reason, fix);
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  /// Notes a problem at a place of its own.
  void addAt(Node node, String path, String reason, String fix) {
    Position position = node.getStartMark().map(Problems::position).orElse(new Position(0, 0));
    found.add(new Problem(position.line(), position.column(), path, reason, fix));
  }

  Problem at(String path, String reason, String fix) {
    Position position = nearest(path);
    return new Problem(position.line(), position.column(), path, reason, fix);
  }

  /// Whether a problem with exactly this key is known already.
  boolean has(String path) {
    return found.stream().anyMatch(each -> each.key().equals(path));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /// In the order of the file's lines.
  List<Problem> inOrder() {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }

  private Position nearest(String path) {
    String at = path;
    while (!at.isEmpty()) {
      Position position = positions.get(at);
      if (position != null) {
        return position;
      }
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return positions.getOrDefault("", new Position(1, 1));
  }

  private static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
