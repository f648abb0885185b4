package dev.voxlog.agent;

import java.util.Map;

/// What the agent leaves to programs that call it: whether they may give a language model
/// `instructions` of theirs, and choose the `voice`; `voices` maps the names they may choose it by,
/// besides the speech engine's own, to its speakers.
public record Realtime(boolean instructions, boolean voice, Map<String, String> voices) {
  public static final Realtime DEFAULT = new Realtime(true, true, Map.of());

  public Realtime {
    voices = Map.copyOf(voices);
    Rules rules =
        new Rules()
            .that(
                voice || voices.isEmpty(),
                "voices",
                voices.size(),
                "names are for nothing, since no program may choose the voice",
                "leave out voice: false, or the voices");
    voices.forEach((name, speaker) ->
        rules
            .that(
                Agent.isName(name),
                "voices",
                name,
                "is no name",
                "use a letter, then letters, digits, _ or -; up to 64 in all")
            .that(
                !speaker.isBlank(),
                "voices",
                name,
                "names no speaker",
                "write one of the speech engine's, as in " + name + ": \"20\""));
    rules.enforce();
  }
}
