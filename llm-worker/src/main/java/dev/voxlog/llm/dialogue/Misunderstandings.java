package dev.voxlog.llm.dialogue;

import dev.voxlog.agent.Prompt;
import dev.voxlog.llm.dialogue.Reply.Route;
import java.util.ArrayList;
import java.util.List;

/// What is said to words that lead nowhere.
final class Misunderstandings {
  private static final double CLEARLY_HEARD = 0.6;
  private static final int CLEAR_WISH_WORDS = 4;

  private final Conversation talk;

  Misunderstandings(Conversation talk) {
    this.talk = talk;
  }

  /// Clear words that fit nothing are beyond the agent; others were not understood. Each time in a
  /// row helps more.
  Move of(Said said) {
    return worded(said).unclear();
  }

  private Move worded(Said said) {
    int times = talk.memory().misunderstood() + 1;
    talk.remember(talk.memory().misunderstood(times));
    if (times >= talk.agent.limits().maxNotUnderstood() && talk.agent.transfer() != null) {
      talk.remember(talk.memory().misunderstood(0));
      return talk.offerPerson(talk.told(Prompt.NOT_UNDERSTOOD).subList(0, 1), Route.FIXED);
    }
    boolean isClear = said.recognition() >= CLEARLY_HEARD && said.wordCount() >= CLEAR_WISH_WORDS;
    if (isClear) {
      return beyond();
    }
    var wording = talk.agent.prompts().nth(Prompt.NOT_UNDERSTOOD, times - 1);
    List<String> words = new ArrayList<>(talk.told(List.of(wording), "", _ -> null));
    if (times > 1 && !isWorded(Prompt.NOT_UNDERSTOOD)) {
      words.addAll(talk.told(Prompt.HELP));
    }
    return new Move.Say(Reply.of(Route.FIXED, words));
  }

  /// A wish that is beyond the agent.
  Move beyond() {
    List<String> words = new ArrayList<>(talk.told(Prompt.OUT_OF_SCOPE));
    if (!isWorded(Prompt.OUT_OF_SCOPE)) {
      words.addAll(talk.told(Prompt.HELP));
    }
    return new Move.Say(Reply.of(Route.FIXED, words));
  }

  /// The agent file's own wording says itself what the agent can do.
  private boolean isWorded(Prompt prompt) {
    return talk.agent.prompts().own().containsKey(prompt);
  }
}
