package dev.voxlog.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.llm.dialogue.Dialogue;
import dev.voxlog.llm.dialogue.Move;
import dev.voxlog.llm.dialogue.Part;
import dev.voxlog.llm.dialogue.Reply;
import dev.voxlog.llm.dialogue.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A turn that is being worked out: the turn before it that stands, which of its parts is at hand,
/// what was decided to be said, what is known of the caller, what it waits for; and the reply,
/// while it is held back for a caller who may go on.
final class OpenTurn {
  final int number;
  final int after;
  final List<Part> parts;
  final List<Integer> chain;
  final Dialogue dialogue;
  final Instant since;
  final List<String> completed = new ArrayList<>();
  final List<String> hello = new ArrayList<>();
  final List<String> said = new ArrayList<>();
  @Nullable JsonNode account;
  private int part;
  int sentences;
  boolean hasFiller;
  boolean isAnswering;
  @Nullable String awaited;
  Move.@Nullable Think think;
  List<String> filler = List.of();
  int thoughts;
  boolean isAfterACut;
  boolean wasBrokenOff;
  @Nullable String model;
  @Nullable Reply heldBack;
  boolean isPatient;

  OpenTurn(
      int number,
      int after,
      List<Part> parts,
      List<Integer> chain,
      Dialogue dialogue,
      Instant since) {
    this.number = number;
    this.after = after;
    this.parts = parts;
    this.chain = chain;
    this.dialogue = dialogue;
    this.since = since;
  }

  Part part() {
    return parts.get(part);
  }

  boolean hasMoreParts() {
    return part + 1 < parts.size();
  }

  void nextPart() {
    part++;
  }

  /// Takes what was decided to be said, to say it now.
  List<String> flush() {
    List<String> now = Stream.concat(hello.stream(), said.stream()).toList();
    hello.clear();
    said.clear();
    return now;
  }

  /// The utterances it answers.
  List<Integer> utterances() {
    return utterances(parts);
  }

  static List<Integer> utterances(List<Part> parts) {
    return parts.stream()
        .flatMap(each -> each instanceof Said said ? said.utterances().stream() : Stream.empty())
        .sorted()
        .toList();
  }

  /// How far the call had come by the end of what it answers.
  static long mediaMs(List<Part> parts) {
    return parts.stream()
        .mapToLong(each -> each instanceof Said said ? said.mediaMs() : 0)
        .max()
        .orElse(0);
  }

  /// What the caller said, as the history keeps it.
  String callerSaid() {
    List<String> texts = new ArrayList<>();
    for (Part each : parts) {
      if (each instanceof Said said && !said.text().isBlank()) {
        texts.add(said.text());
      }
    }
    return String.join(" ", texts);
  }
}
