package dev.voxlog.llm.dialogue;

import dev.voxlog.agent.Action;
import dev.voxlog.agent.Agent;
import dev.voxlog.agent.Intent;
import dev.voxlog.schemas.Entity;
import dev.voxlog.schemas.Score;
import dev.voxlog.schemas.Understanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the caller said in one or more utterances that belong together, or asked for with a key (no
/// text then); `guess` is the likeliest intent where none is sure.
public record Said(
    List<Integer> utterances,
    String text,
    String intent,
    @Nullable String guess,
    double recognition,
    List<Entity> entities,
    long mediaMs)
    implements Part {
  private static final Pattern NOT_WORDS = Pattern.compile("[^\\p{L}\\p{N}']+");

  /// Recognisers put it at every pause, in the midst of a sentence too; that of "a.m." is its own.
  private static final Pattern STOP = Pattern.compile("(?<=[\\p{L}\\p{N}]{2})[.…]+$");

  private static final Pattern QUESTION =
      Pattern.compile(
          "(?:(?:and|so|but|wait|um|uh|okay|well|actually) )*+(?:what|how|when|where|who|why|which|do|does|did|can|could|is|are|will|would|should|may)\\b.*");
  private static final Pattern ANOTHER =
      Pattern.compile(
          ".*\\b(?:another|other|different|new|second|next|else|also|too|ordered|bought|purchased)\\b.*");
  private static final Pattern POINTING_BACK =
      Pattern.compile(
          ".*\\b(?:it|it's|they|them|that|that's|this one|(?:the|my|this|same) (?:order|package|parcel|delivery|shipment))\\b.*");
  private static final Intent.Target BEYOND = new Intent.Act(Action.UNSURE);
  private static final int SHORTEST_QUESTION = 3;

  public Said {
    utterances = List.copyOf(utterances);
    entities = List.copyOf(entities);
  }

  public static Said of(Understanding.Understood understood) {
    return new Said(
        List.of(understood.utterance()),
        understood.text(),
        understood.intent(),
        understood.alternatives().stream().findFirst().map(Score::label).orElse(null),
        understood.recognition(),
        understood.entities(),
        understood.mediaMs());
  }

  /// A wish without words: a key that stands for an intent, or an offer taken.
  public static Said wish(String intent) {
    return new Said(List.of(), "", intent, null, 1, List.of(), 0);
  }

  /// The same with only these of its entities.
  Said with(List<Entity> some) {
    return new Said(utterances, text, intent, guess, recognition, some, mediaMs);
  }

  public boolean isUnsure() {
    return intent.equals(Understanding.UNSURE);
  }

  /// The words in lower case, one space between them, without punctuation.
  public String words() {
    return NOT_WORDS
        .matcher(text.toLowerCase(Locale.ROOT).replace('’', '\''))
        .replaceAll(" ")
        .strip();
  }

  public int wordCount() {
    String words = words();
    return words.isEmpty() ? 0 : words.split(" ").length;
  }

  /// Whether it is about what was spoken of before: by its words, or without any.
  boolean isOfBefore() {
    String words = words();
    return words.isEmpty()
        || POINTING_BACK.matcher(words).matches() && !ANOTHER.matcher(words).matches();
  }

  /// How many words are no part of an entity: "it's", beside a number.
  int wordsBesideEntities() {
    String rest = text;
    for (Entity entity : entities) {
      rest = rest.replace(entity.text(), " ");
    }
    String words = NOT_WORDS.matcher(rest).replaceAll(" ").strip();
    return words.isEmpty() ? 0 : words.split(" ").length;
  }

  /// Whether it is put as a question, by its mark or its first words.
  public boolean isQuestion() {
    return wordCount() >= SHORTEST_QUESTION
        && (text.strip().endsWith("?") || QUESTION.matcher(words()).matches());
  }

  /// This and what came after it as one, with the intent of the one that has one.
  private Said and(Said later, Agent agent) {
    String known = isNothing(agent) ? Understanding.UNSURE : intent;
    return new Said(
        concat(utterances, later.utterances),
        (STOP.matcher(text.strip()).replaceFirst("") + " " + later.text).strip(),
        later.isNothing(agent) ? known : later.intent,
        later.guess,
        Math.min(recognition, later.recognition),
        concat(entities, later.entities),
        Math.max(mediaMs, later.mediaMs));
  }

  /// Brings together what is one wish: the same intent twice, and words without an intent of their
  /// own, which are the end or the beginning of what stands beside them.
  public static List<Part> joined(List<Part> parts, Agent agent) {
    List<Part> joined = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Said said
          && !joined.isEmpty()
          && joined.getLast() instanceof Said before
          && before.isOneWith(said, agent)) {
        joined.set(joined.size() - 1, before.and(said, agent));
      } else {
        joined.add(part);
      }
    }
    return List.copyOf(joined);
  }

  /// After words without sense, a phrase that steers the dialogue stands alone.
  private boolean isOneWith(Said later, Agent agent) {
    if (text.isEmpty() || later.text.isEmpty()) {
      return false;
    }
    return isNothing(agent)
        ? !later.isUnsure() || Controls.of(later).isEmpty()
        : later.isNothing(agent) || intent.equals(later.intent);
  }

  /// Alone it says nothing that the agent could act on; beside other words it may be part of them.
  private boolean isNothing(Agent agent) {
    return isUnsure()
        || agent.intent(intent).filter(each -> each.target().equals(BEYOND)).isPresent();
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
