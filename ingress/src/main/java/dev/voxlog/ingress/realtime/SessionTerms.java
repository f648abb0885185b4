package dev.voxlog.ingress.realtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of a session an agent leaves to its clients.
///
/// `whyNoInstructions` tells a client why it cannot give any, null where it can; `voice` is the
/// speaker that the agent has by itself, null where that is not known, `voices` are those that may
/// be asked for instead.
public record SessionTerms(
    @Nullable String whyNoInstructions, @Nullable String voice, List<String> voices) {
  private static final int MOST_CHARACTERS = 8_000;
  private static final int FEW = 12;

  /// All is the agent's.
  public static final SessionTerms NONE =
      new SessionTerms("The agent takes no instructions of clients.", null, List.of());

  public SessionTerms {
    voices = List.copyOf(voices);
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
    if (!voices.contains(wanted)) {
      throw ProtocolFault.unsupported(param, voicesThereAre());
    }
  }

  private String voicesThereAre() {
    if (voices.isEmpty()) {
      return "The voice is the agent file's; leave this out.";
    }
    return voices.size() <= FEW
        ? "The voices here are " + String.join(", ", voices) + "."
        : "The voices here are " + voices.getFirst() + " to " + voices.getLast() + ".";
  }
}
