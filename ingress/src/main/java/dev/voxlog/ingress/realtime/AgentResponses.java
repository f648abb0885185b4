package dev.voxlog.ingress.realtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.media.ClientEvent.SentenceBegan;
import dev.voxlog.schemas.media.ClientEvent.TurnOver;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The agent's side of the conversation as server events: a turn is a response with one item, whose
/// content is audio with its transcript.
///
/// What was broken off and goes on, because the caller said nothing after all, goes on in a
/// response of its own: clients drop what still comes of one that they stopped. What is told twice
/// is said once. Confined to one thread.
public final class AgentResponses {
  private static final int MOST_ITEMS = 200;
  private static final int MOST_SENTENCES = 500;

  private final ServerEvents events;
  private final String conversation;
  private final Map<String, Long> bytesByItem = new LinkedHashMap<>();

  /// The sentences of the present turn.
  private final Map<Integer, String> sentences = new HashMap<>();

  private @Nullable Response current;
  private int overThrough;
  private int begunTurn;
  private int parts;
  private int announcements;
  private boolean isCancelAsked;

  /// One that goes on. `sentence` is the last one that was told, `text` all that was.
  private static final class Response {
    final String id;
    final String itemId;
    final int turn;
    final ServerEvents.Delta delta;
    final @Nullable String previousItem;
    final StringBuilder text = new StringBuilder();
    int sentence = -1;
    boolean isBrokenOff;

    Response(String id, String itemId, int turn, ServerEvents events) {
      this.id = id;
      this.itemId = itemId;
      this.turn = turn;
      delta = events.audioDelta(id, itemId);
      previousItem = events.lastItem();
    }
  }

  /// How a response ended.
  private record Ending(String status, @Nullable String reason, String heard, long in, long out) {
    static Ending completed(String heard) {
      return new Ending("completed", null, heard, 0, 0);
    }

    boolean isCompleted() {
      return reason == null;
    }
  }

  /// `conversation` is the call's id.
  public AgentResponses(ServerEvents events, String conversation) {
    this.events = events;
    this.conversation = conversation;
  }

  /// Whether the agent says something, or is told to have.
  public boolean isActive() {
    return current != null;
  }

  /// Whether it goes on saying something: the client has not told it to stop.
  public boolean isGoingOn() {
    return current != null && !isCancelAsked;
  }

  // What comes from the call.

  public void began(SentenceBegan sentence) {
    if (sentence.turn() <= overThrough || isRepeated(sentence)) {
      return;
    }
    Response response = of(sentence.turn());
    if (sentences.size() < MOST_SENTENCES) {
      sentences.put(sentence.sentence(), sentence.text());
    }
    tell(response, sentence.sentence());
  }

  private boolean isRepeated(SentenceBegan sentence) {
    Response response = current;
    return response != null
        && response.turn == sentence.turn()
        && sentences.containsKey(sentence.sentence());
  }

  /// Of a response that goes on after one that was broken off, the sentence it goes on in is told
  /// again, with its whole text.
  private void tell(Response response, int sentence) {
    String words = sentences.get(sentence);
    if (words == null || sentence <= response.sentence) {
      return;
    }
    response.sentence = sentence;
    String text = response.text.isEmpty() ? words : " " + words;
    response.text.append(text);
    events.send(within(response, "response.output_audio_transcript.delta").put("delta", text));
  }

  /// Gives the item that the audio belongs to; empty where the turn is over.
  public String audio(String chunk, AudioBytes audio) {
    String[] numbers = chunk.split("\\.", 3);
    int turn = number(numbers[0]);
    if (turn <= overThrough) {
      return "";
    }
    Response response = of(turn);
    tell(response, numbers.length > 1 ? number(numbers[1]) : -1);
    bytesByItem.merge(response.itemId, (long) audio.length(), Long::sum);
    events.send(response.delta, audio.array());
    return response.itemId;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /// The response in which the turn goes on.
  private Response of(int turn) {
    Response response = current;
    if (response != null && response.turn == turn && !response.isBrokenOff) {
      return response;
    }
    overThrough = Math.max(overThrough, turn - 1);
    if (turn == begunTurn) {
      parts++;
    } else {
      parts = 0;
      sentences.clear();
    }
    begunTurn = turn;
    if (response != null) {
      finish(response, unexplained(response));
    }
    String name = "a" + turn + (parts == 0 ? "" : "-" + parts);
    return begin(events.id("resp", name), events.id("item", name), turn);
  }

  private Ending unexplained(Response response) {
    String text = response.text.toString();
    return response.isBrokenOff
        ? new Ending("cancelled", reason(), text, 0, 0)
        : Ending.completed(text);
  }

  private String reason() {
    return isCancelAsked ? "client_cancelled" : "turn_detected";
  }

  /// What was sent and not played has been dropped.
  public void brokenOff() {
    if (current != null) {
      current.isBrokenOff = true;
    }
  }

  public void over(TurnOver turn) {
    if (turn.turn() <= overThrough) {
      return;
    }
    overThrough = turn.turn();
    Response response = current;
    if (response == null) {
      return;
    }
    boolean isOfAnother = response.turn != turn.turn();
    if (isOfAnother) {
      finish(response, unexplained(response));
      return;
    }
    finish(
        response,
        turn.isInterrupted()
            ? new Ending(
                "cancelled", reason(), turn.heard(), turn.promptTokens(), turn.completionTokens())
            : new Ending(
                "completed",
                null,
                response.text.toString(),
                turn.promptTokens(),
                turn.completionTokens()));
  }

  /// Something that is no turn of the agent's: said at once and as a whole. Gives its item. A turn
  /// that it comes into goes on in a response of its own.
  public String announce(AudioBytes audio, int pieceBytes) {
    if (current != null) {
      current.isBrokenOff = true;
      finish(current, unexplained(current));
    }
    String name = "n" + ++announcements;
    Response response = begin(events.id("resp", name), events.id("item", name), 0);
    for (int from = 0; from < audio.length(); from += pieceBytes) {
      int to = Math.min(from + pieceBytes, audio.length());
      events.send(response.delta, audio.slice(from, to).array());
    }
    bytesByItem.put(response.itemId, (long) audio.length());
    finish(response, Ending.completed(""));
    return response.itemId;
  }

  // What the client asks.

  /// The agent is to stop.
  ///
  /// @throws ProtocolFault if it says nothing, or not this, or was told so before
  public void cancel(@Nullable String responseId) throws ProtocolFault {
    if (current == null || isCancelAsked || responseId != null && !responseId.equals(current.id)) {
      throw new ProtocolFault(
          "response_cancel_not_active", "response_id", "There is no such response in progress.");
    }
    isCancelAsked = true;
  }

  /// Checks that so many bytes of the item's audio were sent.
  ///
  /// @throws ProtocolFault if not
  public void requireSent(String itemId, long bytes) throws ProtocolFault {
    Long sent = bytesByItem.get(itemId);
    if (sent == null) {
      throw ProtocolFault.invalid("item_id", "There is no such item of the agent's.");
    }
    if (bytes > sent) {
      throw ProtocolFault.invalid(
          "audio_end_ms", "The item's audio is shorter than 'audio_end_ms'.");
    }
  }

  // Writing.

  private Response begin(String id, String itemId, int turn) {
    Response response = new Response(id, itemId, turn, events);
    current = response;
    isCancelAsked = false;
    bytesByItem.put(itemId, 0L);
    if (bytesByItem.size() > MOST_ITEMS) {
      bytesByItem.remove(bytesByItem.keySet().iterator().next());
    }
    ObjectNode created = events.event("response.created");
    created.set("response", response(response, "in_progress"));
    events.send(created);
    ObjectNode item = events.message(itemId, "assistant", "in_progress");
    item.putArray("content");
    outputItem(response, "response.output_item.added", item);
    events.itemAdded(item);
    part(response, "response.content_part.added", "");
    return response;
  }

  private void finish(Response response, Ending ending) {
    current = null;
    if (ending.isCompleted()) {
      overThrough = Math.max(overThrough, response.turn);
    }
    String said = response.text.toString();
    events.send(within(response, "response.output_audio.done"));
    events.send(within(response, "response.output_audio_transcript.done").put("transcript", said));
    part(response, "response.content_part.done", said);
    String status = ending.isCompleted() ? "completed" : "incomplete";
    ObjectNode item = events.message(response.itemId, "assistant", status);
    item.putArray("content")
        .addObject()
        .put("type", "output_audio")
        .put("transcript", ending.heard());
    outputItem(response, "response.output_item.done", item);
    events.itemDone(item, response.previousItem);
    done(response, ending, item);
  }

  private void done(Response response, Ending ending, ObjectNode item) {
    ObjectNode done = events.event("response.done");
    ObjectNode body = response(response, ending.status());
    body.putArray("output").add(item.deepCopy());
    if (ending.reason() != null) {
      body.putObject("status_details").put("type", ending.status()).put("reason", ending.reason());
    }
    ObjectNode usage = body.putObject("usage");
    usage.put("total_tokens", ending.in() + ending.out());
    usage.put("input_tokens", ending.in()).put("output_tokens", ending.out());
    usage.putObject("input_token_details").put("text_tokens", ending.in()).put("audio_tokens", 0);
    usage.putObject("output_token_details").put("text_tokens", ending.out()).put("audio_tokens", 0);
    done.set("response", body);
    events.send(done);
  }

  private ObjectNode response(Response response, String status) {
    ObjectNode body =
        ServerEvents.object()
            .put("object", "realtime.response")
            .put("id", response.id)
            .put("status", status)
            .put("conversation_id", conversation);
    body.putArray("output_modalities").add("audio");
    body.putArray("output");
    return body;
  }

  private ObjectNode within(Response response, String type) {
    return events
        .event(type)
        .put("response_id", response.id)
        .put("item_id", response.itemId)
        .put("output_index", 0)
        .put("content_index", 0);
  }

  private void part(Response response, String type, String transcript) {
    ObjectNode event = within(response, type);
    event.putObject("part").put("type", "audio").put("transcript", transcript);
    events.send(event);
  }

  private void outputItem(Response response, String type, ObjectNode item) {
    ObjectNode event = events.event(type).put("response_id", response.id).put("output_index", 0);
    event.set("item", item.deepCopy());
    events.send(event);
  }
}
