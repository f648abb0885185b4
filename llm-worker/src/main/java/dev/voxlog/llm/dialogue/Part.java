package dev.voxlog.llm.dialogue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// Something of the caller's that a turn answers; a turn may answer several.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "part")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Said.class, name = "said"),
  @JsonSubTypes.Type(value = Part.Keyed.class, name = "keyed"),
  @JsonSubTypes.Type(value = Part.Silent.class, name = "silent")
})
public sealed interface Part permits Said, Part.Keyed, Part.Silent {

  /// Digits typed on the keypad as an answer; empty if they are none that can be used, of which
  /// nothing is kept: they may be a card's number.
  record Keyed(String digits) implements Part {}

  /// The caller said nothing, for the `n`th time in a row.
  record Silent(int n) implements Part {}
}
