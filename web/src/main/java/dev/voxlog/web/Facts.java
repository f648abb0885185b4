package dev.voxlog.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.voxlog.analytics.Part;
import dev.voxlog.analytics.Waterfall;
import dev.voxlog.runtime.ForeignJson;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.TranscriptEvent;
import dev.voxlog.schemas.TurnEvent;
import dev.voxlog.schemas.Understanding;
import dev.voxlog.schemas.VoxEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Each kind of record as the operator API tells it. Names and shapes: docs/operator-api.md.
final class Facts {
  private static final ObjectMapper JSON =
      ForeignJson.mapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Facts() {}

  static String time(Instant at) {
    return MILLIS.format(at);
  }

  /// An agent file's name, of its key name@hash.
  static String agent(String key) {
    int at = key.indexOf('@');
    return at < 0 ? key : key.substring(0, at);
  }

  private static ObjectNode at(VoxEvent event) {
    return JsonNodeFactory.instance.objectNode().put("at", time(event.at()));
  }

  private static ObjectNode at(VoxEvent event, long mediaMs) {
    return at(event).put("mediaMs", mediaMs);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static News of(CallEvent.Started started) {
    return new News(
        "started",
        at(started).put("carrier", started.carrier()).put("agent", agent(started.agent())));
  }

  static News of(CallEvent.Attached attached) {
    return new News("attached", at(attached, attached.baseMs()).put("attach", attached.attach()));
  }

  static News of(CallEvent.Detached detached) {
    return new News("detached", at(detached, detached.mediaMs()));
  }

  /// The line was away from the one to the other.
  static News gap(CallEvent.Detached from, CallEvent.Attached to) {
    return new News("gap", at(to).put("fromMs", from.mediaMs()).put("toMs", to.baseMs()));
  }

  static News of(TranscriptEvent.Interim words) {
    return new News(
        News.INTERIM,
        at(words, words.mediaMs())
            .put("utterance", words.utterance())
            .put("text", words.text())
            .put("stable", firstWords(words.text(), words.stableWords())));
  }

  private static String firstWords(String text, int words) {
    int end = 0;
    for (int word = 0; word < words && end < text.length(); word++) {
      int next = text.indexOf(' ', end + 1);
      end = next < 0 ? text.length() : next;
    }
    return text.substring(0, end);
  }

  static News of(TranscriptEvent.Final words) {
    return new News(
        News.FINAL,
        at(words, words.mediaMs())
            .put("utterance", words.utterance())
            .put("text", words.text())
            .put("typed", words.isTyped()));
  }

  static News of(Understanding.Understood meant) {
    ObjectNode data =
        at(meant, meant.mediaMs())
            .put("utterance", meant.utterance())
            .put("intent", meant.intent())
            .put("confidence", meant.confidence());
    ArrayNode slots = data.putArray("slots");
    meant
        .entities()
        .forEach(entity ->
            slots
                .addObject()
                .put("name", entity.kind())
                .put("value", entity.value())
                .put("confidence", entity.confidence()));
    return new News(
        "understood",
        data.put("sentiment", meant.sentiment())
            .put("language", meant.language())
            .put("final", meant.isFinal()));
  }

  static News of(CallEvent.Verdict verdict) {
    return new News(
        "verdict",
        at(verdict, verdict.mediaMs())
            .put("utterance", verdict.utterance())
            .put("ruling", word(verdict.ruling()))
            .put("turn", verdict.turn()));
  }

  static News of(TurnEvent.Sentence sentence) {
    return new News(
        "sentence",
        at(sentence)
            .put("turn", sentence.turn())
            .put("sentence", sentence.sentence())
            .put("text", sentence.text())
            .put("purpose", word(sentence.purpose())));
  }

  static News of(CallEvent.Playing playing) {
    return new News(
        "playing", at(playing).put("turn", playing.turn()).put("sentence", playing.sentence()));
  }

  static News of(CallEvent.Heard heard) {
    return new News(
        "heard",
        at(heard)
            .put("turn", heard.turn())
            .put("sentence", heard.sentence())
            .put("text", heard.text())
            .put("whole", heard.isWhole())
            .put("evidence", word(heard.evidence())));
  }

  static News of(TurnEvent.TurnEnded ended) {
    ObjectNode data = at(ended).put("turn", ended.turn());
    ArrayNode utterances = data.putArray("utterances");
    ended.utterances().forEach(utterances::add);
    return new News(
        "turnEnded",
        data.put("intent", ended.intent())
            .put("route", ended.route())
            .put("next", word(ended.next())));
  }

  static News of(CallEvent.ToolRequested asked) {
    ObjectNode data =
        at(asked).put("turn", asked.turn()).put("n", asked.n()).put("tool", asked.tool());
    data.set("arguments", json(asked.arguments()));
    return new News("tool", data.put("state", "requested"));
  }

  static News of(CallEvent.ToolDone done) {
    ObjectNode data =
        at(done)
            .put("turn", done.turn())
            .put("n", done.n())
            .put("tool", done.tool())
            .put("state", state(done.outcome()));
    data.set("result", json(done.result()));
    return new News("tool", data.put("tookMs", done.tookMs()));
  }

  private static String state(CallEvent.Outcome outcome) {
    return switch (outcome) {
      case OK -> "done";
      case NOT_FOUND -> "notFound";
      case REFUSED, FAILED, UNCERTAIN, WITHHELD, UNKNOWN -> word(outcome);
    };
  }

  /// What is no JSON is told as the text it is.
  private static JsonNode json(@Nullable String text) {
    if (text == null) {
      return JsonNodeFactory.instance.nullNode();
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  /// Which key it was is not told.
  static News of(CallEvent.Dtmf key) {
    return new News("key", at(key, key.mediaMs()));
  }

  static News of(CallEvent.Silence silence) {
    return new News("silence", at(silence));
  }

  static News of(CallEvent.Transfer transfer) {
    return new News("transfer", at(transfer).put("to", transfer.destination()));
  }

  static News of(CallEvent.Ended ended) {
    return new News("ended", at(ended).put("reason", ended.reason()));
  }

  static News superseded(VoxEvent by, int turn) {
    return new News("superseded", at(by).put("turn", turn));
  }

  static News waterfall(VoxEvent because, int turn, Waterfall waterfall) {
    ObjectNode data = at(because).put("turn", turn);
    ArrayNode parts = data.putArray("parts");
    for (Part part : Part.values()) {
      waterfall
          .millis(part)
          .ifPresent(ms -> parts.addObject().put("name", word(part)).put("ms", tenths(ms)));
    }
    return new News(
        "waterfall", data.put("totalMs", waterfall.totalMillis().map(Facts::tenths).orElse(null)));
  }

  private static double tenths(double ms) {
    return Math.round(ms * 10) / 10.0;
  }
}
