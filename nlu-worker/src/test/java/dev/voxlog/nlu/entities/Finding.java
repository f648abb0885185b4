package dev.voxlog.nlu.entities;

import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.Entity;
import java.time.LocalDate;
import java.util.List;

/// What is found on a Tuesday for an agent whose ids have five digits.
final class Finding {
  static final LocalDate TUESDAY = LocalDate.of(2026, 11, 24);
  static final EntityFinder FINDER = new EntityFinder(List.of(5));

  private Finding() {}

  static List<String> values(String text, String kind, Answer awaited) {
    return FINDER.find(text, TUESDAY, awaited).stream()
        .filter(entity -> entity.kind().equals(kind))
        .map(Entity::value)
        .toList();
  }
}
