package dev.voxlog.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.llm.dialogue.Expectation;
import dev.voxlog.llm.dialogue.Memory;
import dev.voxlog.llm.dialogue.Part;
import dev.voxlog.runtime.ForeignJson;
import dev.voxlog.schemas.AudioBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that a call's dialogue carries from one turn to the next: the checkpoint's content, as JSON.
/// `elapsedMs` is how long the call had lasted; `account` what the agent file's `start` has told of
/// the caller.
record CallState(
    int lastTurn,
    Memory memory,
    @Nullable LastTurn last,
    Expectation expects,
    Utterances.Kept utterances,
    List<SpokenTurn> history,
    List<ToolDesk.Kept> tools,
    long elapsedMs,
    @Nullable JsonNode account) {
  /// To be raised when what is written can no longer be read as it was before.
  static final int VERSION = 1;

  static final CallState NEW =
      new CallState(
          0,
          Memory.EMPTY,
          null,
          Expectation.ANYTHING,
          Utterances.Kept.NONE,
          List.of(),
          List.of(),
          0,
          null);
  private static final ObjectMapper JSON =
      ForeignJson.mapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /// The latest turn, which may be answered anew together with what the caller adds before hearing
  /// any of it.
  ///
  /// `before` is the memory it began with; `chain` are the turns it superseded so; `isHeard` once
  /// something of its answer was heard; `isVoid` when the caller interrupted it.
  record LastTurn(
      int number,
      List<Part> parts,
      Memory before,
      List<Integer> chain,
      boolean isHeard,
      boolean isVoid) {
    LastTurn {
      parts = List.copyOf(parts);
      chain = List.copyOf(chain);
    }

    LastTurn heard() {
      return new LastTurn(number, parts, before, chain, true, isVoid);
    }

    LastTurn voided() {
      return new LastTurn(number, parts, before, chain, isHeard, true);
    }

    /// What a checkpoint keeps: of a turn that was heard, nothing is answered anew.
    LastTurn remembered() {
      return isHeard
          ? new LastTurn(number, List.of(), Memory.EMPTY, List.of(), true, isVoid)
          : this;
    }
  }

  static CallState of(AudioBytes bytes) {
    try {
      return JSON.readValue(bytes.array(), CallState.class);
    } catch (IOException broken) {
      throw new UncheckedIOException("a dialogue state that is not JSON", broken);
    }
  }

  AudioBytes bytes() {
    try {
      return AudioBytes.wrap(JSON.writeValueAsBytes(this));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("records can always be written as JSON", impossible);
    }
  }
}
