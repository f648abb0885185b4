package dev.voxlog.nlu.entities;

import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.Entity;
import java.time.LocalDateTime;
import java.util.List;

/// What is found on a Tuesday, seven minutes past three, for an agent whose ids have five digits.
final class Finding {
  static final LocalDateTime TUESDAY = LocalDateTime.of(2026, 11, 24, 15, 7, 30);
  static final EntityFinder FINDER = new EntityFinder(List.of(5));

  private Finding() {}

  static List<String> values(String text, String kind, Answer awaited) {
    return FINDER.find(text, TUESDAY, awaited).stream()
        .filter(entity -> entity.kind().equals(kind))
        .map(Entity::value)
        .toList();
  }
}
