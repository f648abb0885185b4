package dev.voxlog.ingress.realtime;

import java.util.Optional;

/// What of the caller's the agent has not begun to answer, and what the client has not asked an
/// answer to. Confined to one thread.
public final class DueAnswers {
  private boolean isDue;
  private boolean isUnasked;
  private boolean hasWords;

  /// Something was said that is answered without being asked for; or the agent begins by itself.
  public void said() {
    isDue = true;
    hasWords = true;
  }

  /// Something was said that is answered once the client asks for it.
  public void saidUnasked() {
    isUnasked = true;
  }

  /// There are words in what was committed.
  public void understood() {
    hasWords = true;
  }

  public void asked() {
    isUnasked = false;
    isDue = true;
  }

  /// The agent has begun to answer.
  public void given() {
    isDue = false;
    hasWords = false;
  }

  /// Checks that there is something to ask an answer to, or one is awaited, or `isMoreComing`.
  ///
  /// @throws ProtocolFault if not
  public void requireSome(boolean isMoreComing) throws ProtocolFault {
    if (!isDue && !isUnasked && !isMoreComing) {
      throw nothing("The agent answers what is said or written to it.");
    }
  }

  /// There are no words in all that was committed: what the client is to be told, if it has asked
  /// for an answer.
  public Optional<ProtocolFault> inVain() {
    if (!isDue || hasWords) {
      return Optional.empty();
    }
    isDue = false;
    return Optional.of(nothing("There are no words in what was committed."));
  }

  private static ProtocolFault nothing(String message) {
    return new ProtocolFault("nothing_to_answer", null, message);
  }
}
