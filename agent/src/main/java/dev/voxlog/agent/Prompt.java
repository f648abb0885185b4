package dev.voxlog.agent;

import java.util.List;
import java.util.Set;

/// The fixed wordings of the dialogue, with what is said where the agent file has none. Those with
/// several wordings are said in turn.
public enum Prompt {
  /// The caller has been silent.
  REPROMPT("Are you still there?", "I'm still here. How can I help?"),
  /// The words made no sense.
  NOT_UNDERSTOOD(
      "Sorry, I didn't get that. Could you say it another way?",
      "I'm sorry, I still didn't understand. What do you need?"),
  /// The wish is clear, but beyond the agent.
  OUT_OF_SCOPE("I'm afraid I can't help with that."),
  /// No document answers the question.
  NO_ANSWER("I'm sorry, I don't know that."),
  /// What the agent can do.
  HELP("Just tell me what you need, in your own words."),
  /// Yes, where nothing was asked that needs more than that.
  GO_AHEAD("Sure, go ahead."),
  /// Asked to repeat when nothing has been said.
  NOTHING_TO_REPEAT("I haven't said anything yet. How can I help?"),
  /// A tool broke or did not answer.
  APOLOGY("I'm sorry, I can't reach our system right now."),
  /// A tool was asked to do something, and nobody knows whether it did.
  UNCERTAIN("I've sent that, but got no answer. I can't say whether it went through."),
  OFFER_CALLBACK("Would you like us to call you back?"),
  /// Offered after too many misunderstandings.
  OFFER_PERSON("Would you like to speak to a person?"),
  /// Bridges a wait for a tool.
  FILLER("One moment, please."),
  /// The log has been away for a while, so nothing else can be said.
  HOLDING("I'm sorry, please hold the line for a moment."),
  /// The caller asked for a moment.
  HOLD_ON("Of course, take your time."),
  TRANSFERRING("I'll connect you with a person now."),
  NO_PERSON("I'm sorry, nobody is available to take the call right now."),
  /// Reads a slot back and asks; `{value}` is worded by the slot type's [Format] already.
  READ_BACK(Set.of("value"), "I have {value}. Is that right?"),
  YES_OR_NO("Sorry, was that a yes or a no?"),
  DIGIT_BY_DIGIT("Please say it one digit at a time."),
  KEYPAD("Please type it on your phone's keypad."),
  /// A slot could not be had, in any way.
  GIVE_UP("I'm sorry, I couldn't get that."),
  ANYTHING_ELSE("Is there anything else I can help you with?"),
  /// Something was called off.
  CANCELLED("Okay, never mind that."),
  /// Nothing more is wanted, or the caller says goodbye.
  GOODBYE("Thanks for calling. Goodbye."),
  /// The caller stayed silent.
  SILENCE_GOODBYE("I can't hear you, so I'll hang up now. Please call again any time. Goodbye."),
  /// The call has lasted as long as it may.
  TIME_IS_UP("I'm sorry, we've reached the time limit for this call. Please call again. Goodbye.");

  @SuppressWarnings("ImmutableEnumChecker") // Set.of never changes
  private final Set<String> places;

  @SuppressWarnings("ImmutableEnumChecker") // Stream.toList never changes
  private final List<Template> defaults;

  Prompt(String... defaults) {
    this(Set.of(), defaults);
  }

  Prompt(Set<String> places, String... defaults) {
    this.places = places;
    this.defaults = List.of(defaults).stream().map(Template::of).toList();
  }

  /// The names its templates may use.
  public Set<String> places() {
    return places;
  }

  public List<Template> defaults() {
    return defaults;
  }

  /// Its key in the agent file: `notUnderstood` for NOT_UNDERSTOOD.
  public String key() {
    return Names.key(this);
  }
}
