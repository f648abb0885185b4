package dev.voxlog.ingress.realtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What of a session an agent leaves to its clients.
///
/// `whyNoInstructions` tells a client why it cannot give any, null where it can; `voice` is the
/// speaker that the agent has by itself, null where that is not known, `voices` are those that may
/// be asked for instead; `names` are other names by which they may be, each with its speaker.
public record SessionTerms(
    @Nullable String whyNoInstructions,
    @Nullable String voice,
    List<String> voices,
    Map<String, String> names) {
  private static final int MOST_CHARACTERS = 8_000;
  private static final int FEW = 12;

  /// All is the agent's.
  public static final SessionTerms NONE =
      new SessionTerms("The agent takes no instructions of clients.", null, List.of(), Map.of());

  public SessionTerms {
    voices = List.copyOf(voices);
    names = Collections.unmodifiableMap(new TreeMap<>(names));
  }

  /// @throws ProtocolFault if these instructions cannot be followed
  void requireInstructions(String wanted, String param) throws ProtocolFault {
    if (whyNoInstructions != null) {
      throw ProtocolFault.unsupported(param, whyNoInstructions);
    }
    if (wanted.length() > MOST_CHARACTERS) {
      throw new ProtocolFault(
          "string_above_max_length",
          param,
          "Instructions have at most " + MOST_CHARACTERS + " characters.");
    }
  }

  /// @throws ProtocolFault if there is no such speaker
  void requireVoice(String wanted, String param) throws ProtocolFault {
    if (!voices.contains(wanted) && !names.containsKey(wanted)) {
      throw ProtocolFault.unsupported(param, voicesThereAre());
    }
  }

  /// Who is to speak where this voice is wanted, null where that is the agent's own.
  @Nullable String speaker(@Nullable String wanted) {
    String speaker = wanted == null ? null : names.getOrDefault(wanted, wanted);
    return Objects.equals(speaker, voice) ? null : speaker;
  }

  private String voicesThereAre() {
    if (voices.isEmpty()) {
      return "The voice is the agent file's; leave this out.";
    }
    List<String> there = new ArrayList<>(names.keySet());
    if (voices.size() <= FEW) {
      there.addAll(voices);
    } else {
      there.add(voices.getFirst() + " to " + voices.getLast());
    }
    return "The voices here are " + String.join(", ", there) + ".";
  }
}
