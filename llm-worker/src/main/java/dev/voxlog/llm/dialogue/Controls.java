package dev.voxlog.llm.dialogue;

import dev.voxlog.agent.Action;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The few phrases that steer any dialogue, understood even where the agent file has no intent for
/// them.
final class Controls {
  private static final String POLITE =
      "(?:(?:please|sorry|um|uh|oh|okay|ok|well|no|actually|hey|can you|could you|can i|could i|i want to|i'd like to|let me|just|wait) )*";
  private static final Map<Action, Pattern> PHRASES = new EnumMap<>(Action.class);
  private static final int LONGEST = 10;

  static {
    phrase(
        Action.REPEAT,
        "repeat(?: (?:that|it|this))?|say (?:that|it) (?:again|one more time|once more)|say again|come again|pardon(?: me)?|excuse me|what did you say|what was that|i didn't (?:hear|catch|get) (?:that|you|it)|one more time");
    phrase(
        Action.CANCEL,
        "never ?mind(?: that)?|forget (?:it|that|about it)|cancel(?: (?:that|it|this))?|stop(?: (?:that|it))?|start over|leave it|drop it");
    phrase(
        Action.HANG_UP,
        "good ?bye|bye(?: bye)?|that's (?:all|it|everything)|that is all|that will be all|that'll be all|hang up|i'm done|nothing else|thanks bye|thank you bye|thank you goodbye|have a (?:nice|good) day");
    phrase(
        Action.HOLD_ON,
        "hold on|hang on|(?:one|a|just a|give me a|give me one) (?:moment|second|sec|minute)|wait(?: a (?:moment|second|minute|sec))?|let me (?:check|look|see|find it|get it)|check|look it up");
    phrase(
        Action.HELP,
        "help(?: me)?|what can you do(?: for me)?|what can i (?:ask|say|do)|what are my options|options|how can you help(?: me)?");
    phrase(
        Action.TRANSFER,
        "(?:(?:speak|talk|connect me|transfer me|put me through) (?:to|with) )?(?:a |an |the |some ?)?(?:real |live |actual )?(?:person|human(?: being)?|agent|operator|representative|someone|somebody)");
  }

  private Controls() {}

  private static void phrase(Action action, String alternatives) {
    PHRASES.put(
        action,
        Pattern.compile(
            POLITE + "(?:" + alternatives + ")(?: (?:please|thanks|thank you|now|for me|then))*"));
  }

  static Optional<Action> of(Said said) {
    if (said.text().isBlank() || said.wordCount() > LONGEST) {
      return Optional.empty();
    }
    String words = said.words();
    return PHRASES.entrySet().stream()
        .filter(each -> each.getValue().matcher(words).matches())
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
