package dev.voxlog.tts;

import dev.voxlog.schemas.AgentAudio;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The chunks that a predecessor wrote of the latest turn it spoke.
final class WrittenChunks {
  private final Map<Integer, List<AgentAudio.Chunk>> bySentence = new HashMap<>();
  private int turn;

  void note(AgentAudio.Chunk chunk) {
    if (chunk.turn() > turn) {
      turn = chunk.turn();
      bySentence.clear();
    }
    List<AgentAudio.Chunk> chunks =
        bySentence.computeIfAbsent(chunk.sentence(), _ -> new ArrayList<>());
    if (chunk.turn() == turn && chunk.chunk() == chunks.size()) {
      chunks.add(chunk);
    }
  }

  /// The latest turn spoken, 0 if none.
  int turn() {
    return turn;
  }

  List<AgentAudio.Chunk> of(int turn, int sentence) {
    return turn == this.turn ? bySentence.getOrDefault(sentence, List.of()) : List.of();
  }

  boolean isWhole(int turn, int sentence) {
    List<AgentAudio.Chunk> chunks = of(turn, sentence);
    return !chunks.isEmpty() && chunks.getLast().isLast();
  }
}
