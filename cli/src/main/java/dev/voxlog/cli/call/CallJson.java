package dev.voxlog.cli.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.analytics.Medians;
import dev.voxlog.analytics.Part;
import dev.voxlog.analytics.Turn;
import dev.voxlog.analytics.Waterfall;
import dev.voxlog.schemas.Understanding.Understood;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The results of a call as JSON, for programs; milliseconds throughout.
final class CallJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private CallJson() {}

  /// `maxLateMs` is how late the caller's own line was at worst: times are no better than that.
  static ObjectNode of(
      String callId,
      double maxLateMs,
      List<LineResult> results,
      SpeechCheck.@Nullable Result speech) {
    ObjectNode root = NODES.objectNode().put("call", callId).put("maxLateMs", maxLateMs);
    ArrayNode lines = root.putArray("lines");
    results.forEach(result -> lines.add(line(result)));
    ObjectNode medians = root.putObject("medians");
    put(medians, "wire", Medians.of(CallReport.waits(results)));
    put(medians, "clear", Medians.of(CallReport.clears(results)));
    for (Part part : Part.values()) {
      put(
          medians,
          name(part),
          Medians.of(
              CallReport.answered(results).stream()
                  .flatMap(each -> each.millis(part).stream())
                  .toList()));
    }
    root.put("turns", CallReport.waits(results).size());
    List<Judge.Judgement> judged =
        results.stream()
            .flatMap(each -> java.util.stream.Stream.ofNullable(each.judgement()))
            .toList();
    root.put("judged", judged.size())
        .put("right", judged.stream().filter(Judge.Judgement::isRight).count());
    if (speech != null) {
      root.putObject("speech")
          .put("sent", speech.sent())
          .put("recognised", speech.recognised())
          .put("words", speech.errors().words())
          .put("errors", speech.errors().errors())
          .put("wordErrorRate", speech.errors().percent() / 100);
    }
    return root;
  }

  private static ObjectNode line(LineResult result) {
    ObjectNode line =
        NODES
            .objectNode()
            .put("file", result.name())
            .put("words", String.join(" ", result.words()));
    ArrayNode intents = line.putArray("intents");
    ArrayNode sentiments = line.putArray("sentiments");
    for (Understood each : result.understood()) {
      intents.add(each.intent());
      sentiments.add(each.sentiment());
    }
    ArrayNode turns = line.putArray("turns");
    result.turns().forEach(turn -> turns.add(turn(turn)));
    ArrayNode waits = line.putArray("wire");
    for (LineResult.Wait wait : result.waits()) {
      ObjectNode node = waits.addObject().put("turn", wait.turn());
      put(node, "arrived", wait.arrived());
      put(node, "audible", wait.audible());
    }
    LineResult.BargeIn bargeIn = result.bargeIn();
    if (bargeIn != null) {
      ObjectNode node =
          line.putObject("bargeIn")
              .put("sound", bargeIn.sound())
              .put("wentOn", bargeIn.wentOn())
              .put("right", bargeIn.isRight());
      put(node, "clear", bargeIn.clearMs());
    }
    Judge.Judgement judgement = result.judgement();
    if (judgement != null) {
      ArrayNode wrongs =
          line.put("right", judgement.isRight())
              .put("answered", judgement.isAnswered())
              .putArray("wrongs");
      judgement.wrongs().forEach(wrongs::add);
    }
    return line.put("trouble", result.line().trouble());
  }

  private static ObjectNode turn(Turn turn) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("turn", turn.number())
            .put("answer", turn.answer())
            .put("route", turn.route())
            .put("fate", turn.fate().name().toLowerCase(Locale.ROOT));
    ArrayNode tools = node.putArray("tools");
    turn.tools()
        .forEach(call ->
            tools
                .addObject()
                .put("tool", call.tool())
                .put("arguments", call.arguments())
                .put("outcome", String.valueOf(call.outcome())));
    node.set("waterfall", waterfall(turn.waterfall()));
    return node;
  }

  private static ObjectNode waterfall(Waterfall waterfall) {
    ObjectNode node = NODES.objectNode();
    for (Part part : Part.values()) {
      waterfall.millis(part).ifPresent(millis -> node.put(name(part), millis));
    }
    waterfall.totalMillis().ifPresent(millis -> node.put("total", millis));
    return node;
  }

  private static String name(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }

  private static void put(ObjectNode node, String key, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(key, value.getAsDouble());
    } else {
      node.putNull(key);
    }
  }
}
