package dev.voxlog.llm.dialogue;

import dev.voxlog.agent.Action;
import dev.voxlog.agent.Intent;
import dev.voxlog.agent.Prompt;
import dev.voxlog.agent.Transfer;
import dev.voxlog.llm.dialogue.Reply.Route;
import dev.voxlog.schemas.TurnEvent.Next;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The ways out of the dialogue: to a person, or goodbye.
///
/// A way out that the caller chose stands until it was taken: who speaks into the words that tell
/// of it takes it back with another wish or a no, a goodbye with a longer sentence too, and with
/// nothing else.
final class Leaving {
  private static final int SHORT_NO = 3;
  private static final int LONG_FAREWELL = 4;

  private final Conversation talk;
  private final boolean wasTold;

  Leaving(Conversation talk) {
    this.talk = talk;
    this.wasTold = talk.memory().leaving() != null;
  }

  /// The way out that was chosen before, if there is one that `part` does not take back. Who was
  /// told of it in an earlier turn is told in brief.
  Optional<Move> asBefore(Part part) {
    Action chosen = talk.memory().leaving();
    talk.remember(talk.memory().leaving(null));
    if (chosen == null || part instanceof Said said && isTakenBack(chosen, said)) {
      return Optional.empty();
    }
    Reply reply = chosen == Action.TRANSFER ? transfer() : farewell();
    List<String> words = wasTold ? reply.answer().stream().limit(1).toList() : reply.answer();
    Reply again = Reply.of(reply.route(), words).then(reply.next());
    return Optional.of(
        new Move.Say(again.answering(talk.intentOf(new Intent.Act(chosen)).orElse(null))));
  }

  private boolean isTakenBack(Action chosen, Said said) {
    Intent.@Nullable Target target = talk.target(said).orElse(null);
    return switch (target) {
      case Intent.Enter _ -> true;
      case Intent.Act(Action action) ->
          action != chosen
              && switch (action) {
                case ANSWER, TRANSFER, HANG_UP, CANCEL, NO, HOLD_ON, HELP -> true;
                case YES, REPEAT -> false;
                case UNSURE -> isMore(chosen, said);
              };
      case Intent.Say _ -> false;
      case null -> isMore(chosen, said);
    };
  }

  /// A no; and who says more than a farewell takes is not done yet.
  private static boolean isMore(Action chosen, Said said) {
    return isNo(said) || chosen == Action.HANG_UP && said.wordCount() > LONG_FAREWELL;
  }

  /// In many words, a "don't" may belong to anything.
  private static boolean isNo(Said said) {
    return said.wordCount() <= SHORT_NO
        && YesNo.of(said, Optional.empty()).filter(each -> each == YesNo.NO).isPresent();
  }

  Reply transfer() {
    Memory free = talk.memory().with((Frame) null).with((Memory.Offer) null).misunderstood(0);
    Transfer transfer = talk.agent.transfer();
    if (transfer == null) {
      talk.remember(free);
      return Reply.of(Route.FIXED, talk.told(Prompt.NO_PERSON));
    }
    talk.remember(free.leaving(Action.TRANSFER));
    List<String> words = talk.told(List.of(transfer.announce()), "transfer", _ -> null);
    return Reply.of(Route.FIXED, words).then(Next.TRANSFER);
  }

  /// Goodbye to a caller who wants to end the call.
  Reply farewell() {
    Reply goodbye = goodbye(Prompt.GOODBYE, Route.FIXED);
    talk.remember(talk.memory().leaving(Action.HANG_UP));
    return goodbye;
  }

  /// Goodbye for another reason.
  Reply goodbye(Prompt prompt, Route route) {
    talk.remember(talk.memory().with((Frame) null).with((Memory.Offer) null).leaving(null));
    return Reply.of(route, talk.told(prompt)).then(Next.HANG_UP);
  }
}
