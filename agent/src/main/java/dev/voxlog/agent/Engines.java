package dev.voxlog.agent;

import java.util.List;

/// Which recognisers and language models serve the agent: the first is used, the rest take over in
/// order when it fails. No `llm` means the dialogue does without one.
public record Engines(List<String> stt, List<String> llm) {
  public static final Engines DEFAULT = new Engines(List.of("moonshine"), List.of());

  public Engines {
    stt = List.copyOf(stt);
    llm = List.copyOf(llm);
    new Rules()
        .that(!stt.isEmpty(), "stt", stt, "names no recogniser", "write stt: moonshine")
        .enforce();
  }
}
