package dev.voxlog.text;

import java.util.List;
import java.util.Set;

/// What a caller says, in the light of what was said and asked before it.
///
/// @param chain the pieces before and those of the text
/// @param own of so many of them, the last, the text is
record Said(
    Pieces text, Heard before, Awaited awaited, List<Piece> chain, Set<Topics> topics, int own) {
  Said(Pieces text, Heard before, Awaited awaited) {
    this(
        text,
        before,
        awaited,
        before.with(text.all()),
        Topics.of(text.tokens()),
        text.all().size());
  }

  /// The position of the text's first piece.
  int first() {
    return chain.size() - own;
  }

  boolean speaksOf(Topics topic) {
    return topics.contains(topic);
  }

  /// Whether it goes on with what was begun about the topic.
  boolean goesOnWith(Topics topic) {
    return before.topics().contains(topic) && topics.isEmpty();
  }
}
