package dev.voxlog.ingress.realtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.schemas.media.ClientEvent.Final;
import dev.voxlog.schemas.media.ClientEvent.Interim;
import dev.voxlog.schemas.media.ClientEvent.SpeechEnded;
import dev.voxlog.schemas.media.ClientEvent.SpeechStarted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The caller's side of the conversation as server events: what they say becomes items when it is
/// over, what they type or their client commits at once. What is told twice is said once. Confined
/// to one thread.
public final class CallerItems {
  private static final int MOST_OPEN = 16;
  private static final int MOST_NAMES = 1_000;

  private final ServerEvents events;
  private final Map<Integer, Utterance> open = new HashMap<>();
  private final Deque<String> names = new ArrayDeque<>();

  /// Those of which nothing has been told yet, in order.
  private final Deque<Commit> commits = new ArrayDeque<>();

  private int begunThrough;
  private int texts;
  private int committed;
  private boolean isTranscribed;

  /// An item whose audio was committed when the call had come so far.
  private record Commit(String item, long mediaMs) {}

  /// One that goes on: `words` are those of the last revision, `told` those the client has.
  private static final class Utterance {
    final String item;
    final boolean isTyped;

    /// It was detected here, not committed by the client.
    final boolean isDetected;

    final long onsetMs;
    int revision = -1;
    String words = "";
    String told = "";
    String text = "";

    Utterance(String item, SpeechStarted speech, boolean isDetected) {
      this.item = item;
      this.isDetected = isDetected;
      isTyped = speech.isTyped();
      onsetMs = speech.onsetMs();
    }
  }

  public CallerItems(ServerEvents events, boolean isTranscribed) {
    this.events = events;
    this.isTranscribed = isTranscribed;
  }

  public void transcribe(boolean isWanted) {
    isTranscribed = isWanted;
  }

  /// Whether the caller is speaking.
  public boolean isSpeaking() {
    return open.values().stream().anyMatch(utterance -> utterance.isDetected);
  }

  /// Whether the client has committed what it has been told no words of.
  public boolean isCommitPending() {
    return !commits.isEmpty() || open.values().stream().anyMatch(each -> !each.isDetected);
  }

  // What the client commits.

  /// The audio so far is an item.
  public void committed(long mediaMs) {
    String item = events.id("item", "c" + ++committed);
    commits.add(new Commit(item, mediaMs));
    if (commits.size() > MOST_NAMES) {
      commits.remove();
    }
    tellCommitted(item);
  }

  /// Takes the item that the speech is in, null if none was committed that is.
  private @Nullable String committedItem(SpeechStarted speech) {
    while (!speech.isTyped() && !commits.isEmpty()) {
      Commit commit = commits.remove();
      if (commit.mediaMs() > speech.onsetMs()) {
        return commit.item();
      }
    }
    return null;
  }

  // Speech.

  public void started(SpeechStarted speech) {
    if (speech.utterance() <= begunThrough) {
      return;
    }
    begunThrough = speech.utterance();
    if (open.size() >= MOST_OPEN) {
      open.clear();
    }
    String committed = committedItem(speech);
    boolean isDetected = !speech.isTyped() && committed == null;
    String item = committed == null ? events.id("item", "u" + speech.utterance()) : committed;
    open.put(speech.utterance(), new Utterance(item, speech, isDetected));
    if (isDetected) {
      events.send(
          events
              .event("input_audio_buffer.speech_started")
              .put("item_id", item)
              .put("audio_start_ms", speech.onsetMs()));
    }
  }

  /// Only words that two revisions agree on are told, since a client can take none back.
  public void interim(Interim interim) {
    Utterance utterance = open.get(interim.utterance());
    if (utterance == null || interim.revision() <= utterance.revision) {
      return;
    }
    String agreed = agreed(utterance.words, interim.text());
    utterance.revision = interim.revision();
    utterance.words = interim.text();
    tell(utterance, agreed);
  }

  /// The whole words that both begin with.
  private static String agreed(String before, String after) {
    int length = 0;
    int most = Math.min(before.length(), after.length());
    for (int i = 0; i <= most; i++) {
      if (isWordEnd(before, i) && isWordEnd(after, i)) {
        length = i;
      }
      if (i == most || before.charAt(i) != after.charAt(i)) {
        break;
      }
    }
    return after.substring(0, length);
  }

  private static boolean isWordEnd(String text, int at) {
    return at == text.length() || text.charAt(at) == ' ';
  }

  private void tell(Utterance utterance, String words) {
    boolean isMore = words.length() > utterance.told.length() && words.startsWith(utterance.told);
    if (isMore && isTranscribed && !utterance.isTyped) {
      events.send(
          events
              .event("conversation.item.input_audio_transcription.delta")
              .put("item_id", utterance.item)
              .put("content_index", 0)
              .put("delta", words.substring(utterance.told.length())));
      utterance.told = words;
    }
  }

  public void words(Final words) {
    Utterance utterance = open.get(words.utterance());
    if (utterance != null) {
      utterance.text = words.text();
    }
  }

  /// Gives whether this is something to be answered.
  public boolean ended(SpeechEnded speech) {
    Utterance utterance = open.remove(speech.utterance());
    if (utterance == null) {
      return false;
    }
    if (utterance.isDetected) {
      events.send(
          events
              .event("input_audio_buffer.speech_stopped")
              .put("item_id", utterance.item)
              .put("audio_end_ms", speech.endMs()));
      tellCommitted(utterance.item);
    }
    if (!utterance.isTyped) {
      transcribed(speech, utterance);
    }
    return speech.hadWords();
  }

  private void tellCommitted(String id) {
    String previous = events.lastItem();
    events.send(
        events
            .event("input_audio_buffer.committed")
            .put("item_id", id)
            .put("previous_item_id", previous));
    ObjectNode item = events.message(id, "user", "completed");
    item.putArray("content").addObject().put("type", "input_audio");
    events.itemAdded(item);
    events.itemDone(item, previous);
  }

  private void transcribed(SpeechEnded speech, Utterance utterance) {
    if (!isTranscribed) {
      return;
    }
    tell(utterance, utterance.text);
    ObjectNode event =
        events
            .event("conversation.item.input_audio_transcription.completed")
            .put("item_id", utterance.item)
            .put("content_index", 0)
            .put("transcript", utterance.text);
    double seconds = Math.max(0, speech.endMs() - utterance.onsetMs) / 1_000.0;
    event.putObject("usage").put("type", "duration").put("seconds", seconds);
    events.send(event);
  }

  // Texts.

  /// The caller's text is in the conversation; `asked` is the name the client gives it.
  ///
  /// @throws ProtocolFault if there is an item of that name, or it is to stand elsewhere than last
  public void typed(@Nullable String asked, @Nullable String after, String text)
      throws ProtocolFault {
    String previous = events.lastItem();
    if (after != null && !after.equals(previous)) {
      throw ProtocolFault.unsupported(
          "previous_item_id", "A conversation goes on at its end; leave previous_item_id out.");
    }
    if (asked != null && names.contains(asked)) {
      throw ProtocolFault.invalid("item.id", "There is an item of this id.");
    }
    String id = asked == null ? events.id("item", "t" + ++texts) : asked;
    names.add(id);
    if (names.size() > MOST_NAMES) {
      names.remove();
    }
    ObjectNode item = events.message(id, "user", "completed");
    item.putArray("content").addObject().put("type", "input_text").put("text", text);
    events.itemAdded(item);
    events.itemDone(item, previous);
  }
}
