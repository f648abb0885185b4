package dev.voxlog.agent.reading;

import dev.voxlog.agent.Appointment;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Slot;
import dev.voxlog.agent.Template;
import dev.voxlog.schemas.CallEvent.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the `flows` list.
final class FlowReader {
  static final String FLOW = "flow";
  private static final Template NOTHING = Template.of("");

  private final Declared declared;

  FlowReader(Declared declared) {
    this.declared = declared;
  }

  /// The kind under which a flow's slots are declared.
  static String slotKind(String flow) {
    return "slot of " + flow;
  }

  List<Placed<Flow>> read(Section root) {
    List<Placed<Flow>> flows = new ArrayList<>();
    for (Section section : root.sections("flows")) {
      String name = section.text("name", "order_status");
      declared.add(FLOW, name, section.path("name"));
      Flow.Entry entry = entry(section.section("onlyIf"), section);
      List<Slot> slots = slots(section, name);
      Appointment appointment = AppointmentReader.read(section.section("appointment"));
      Flow.Call call = call(section.section("call"));
      List<Flow.Line> say = lines(section);
      Flow.NotFound notFound = notFound(section.section("onNotFound"));
      List<Flow.Refusal> refusals = refusals(section);
      Flow.Fallback onFailure = fallback(section.section("onFailure"));
      Flow.Fallback onGiveUp = fallback(section.section("onGiveUp"));
      boolean followUp = section.flag("followUp", true);
      Flow flow =
          section.build(() ->
              new Flow(
                  name,
                  entry,
                  slots,
                  appointment,
                  call,
                  say,
                  notFound,
                  refusals,
                  onFailure,
                  onGiveUp,
                  followUp));
      if (flow != null) {
        flows.add(new Placed<>(section.path(), flow));
      }
    }
    return flows;
  }

  private List<Slot> slots(Section flow, String flowName) {
    List<Slot> slots = new ArrayList<>();
    for (Section section : flow.sections("slots")) {
      String name = section.text("name", "orderId");
      declared.add(slotKind(flowName), name, section.path("name"));
      Slot slot = slot(section, name);
      if (slot != null) {
        slots.add(slot);
      }
    }
    return slots;
  }

  private static @Nullable Slot slot(Section section, String name) {
    if (!section.has("type")) {
      section.report(
          "type",
          "is missing",
          "add type: orderId, digits, code, phone, email, postalCode, date, time, amount, yesNo, text or name");
    }
    Slot.Type type = section.choice("type", Slot.Type.TEXT);
    String length = section.optionalText("length");
    Answer expects = section.choice("expects", type.answer());
    boolean optional = section.flag("optional", false);
    List<Template> ask = section.templates("ask");
    List<Template> reask = section.templates("reask");
    Slot.Confirm confirm = section.choice("confirm", Slot.Confirm.WHEN_UNSURE);
    List<Template> readBack = section.templates("readBack");
    Template preset = section.template("preset");
    List<Template> presetQuestion = section.templates("presetQuestion");
    int retries = section.integer("retries", 2);
    Template keypad = section.template("keypad");
    Slot.Limit limit = limit(section);
    Slot.Whole whole = whole(section.section("all"));
    return section.build(() ->
        new Slot(
            name,
            type,
            length(section, length),
            expects,
            optional,
            ask,
            reask,
            confirm,
            readBack,
            preset,
            presetQuestion,
            retries,
            keypad,
            limit,
            whole));
  }

  private static Slot.@Nullable Whole whole(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    Template amount = section.template("is");
    if (amount == null) {
      section.report("is", "is missing", "add is: \"{account.open}\"");
    }
    Map<String, Template> when = section.templateMap("when");
    return amount == null ? null : section.build(() -> new Slot.Whole(amount, when));
  }

  private static Slot.@Nullable Limit limit(Section section) {
    Flow.Fallback over = fallback(section.section("over"));
    if (!section.has("atMost")) {
      if (section.has("over")) {
        section.report("over", "is over no limit", "add atMost: with the highest amount");
      }
      return null;
    }
    double atMost = section.number("atMost", 1);
    return section.part(() -> new Slot.Limit(BigDecimal.valueOf(atMost), over));
  }

  private static Slot.@Nullable Length length(Section section, @Nullable String length) {
    if (length == null || length.isEmpty()) {
      return null;
    }
    if (!length.matches("\\d{1,3}(\\s*-\\s*\\d{1,3})?")) {
      section.report("length", length + " is no length", "write length: 5 or length: 4-6");
      return null;
    }
    String[] ends = length.split("-", -1);
    return new Slot.Length(
        Integer.parseInt(ends[0].strip()), Integer.parseInt(ends[ends.length - 1].strip()));
  }

  private static Flow.@Nullable Call call(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    String tool = section.text("tool", "getOrder");
    Map<String, Template> arguments = section.templateMap("arguments");
    return section.build(() -> new Flow.Call(tool, arguments));
  }

  private static List<Flow.Line> lines(Section flow) {
    if (!flow.listsMaps("say")) {
      List<Template> wordings = flow.templates("say");
      return wordings.isEmpty() ? List.of() : List.of(new Flow.Line(Map.of(), wordings));
    }
    List<Flow.Line> lines = new ArrayList<>();
    for (Section section : flow.sections("say")) {
      Map<String, List<String>> when = conditions(section.section("when"));
      List<Template> wordings = section.templates("text");
      if (wordings.isEmpty()) {
        section.report("text", "is missing", "add text: with what to say");
      }
      Flow.Line line = section.build(() -> new Flow.Line(when, wordings));
      if (line != null) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static Map<String, List<String>> conditions(@Nullable Section section) {
    Map<String, List<String>> when = new LinkedHashMap<>();
    if (section != null) {
      section.keys().forEach(key -> when.put(key, section.texts(key)));
    }
    return when;
  }

  private static Flow.@Nullable Entry entry(@Nullable Section section, Section flow) {
    Flow.Fallback otherwise = fallback(flow.section("otherwise"));
    if (section == null) {
      if (flow.has("otherwise")) {
        flow.report(
            "otherwise", "follows no condition", "add onlyIf: with the values that are needed");
      }
      return null;
    }
    Map<String, List<String>> when = conditions(section);
    return section.build(() -> new Flow.Entry(when, otherwise));
  }

  private static List<Flow.Refusal> refusals(Section flow) {
    List<Flow.Refusal> refusals = new ArrayList<>();
    for (Section section : flow.sections("onRefused")) {
      Map<String, List<String>> when = conditions(section.section("when"));
      List<String> again = section.texts("again");
      List<Template> say = section.templates("say");
      if (say.isEmpty()) {
        section.report("say", "is missing", "add say: with the reason");
      }
      String offer = section.optionalText("offer");
      Template question = section.template("question");
      Flow.Fallback then = new Flow.Fallback(say, offer, question);
      Flow.Refusal refusal = section.build(() -> new Flow.Refusal(when, then, again));
      if (refusal != null) {
        refusals.add(refusal);
      }
    }
    return refusals;
  }

  private static Flow.@Nullable NotFound notFound(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    String slot = section.text("slot", "orderId");
    Template readBack =
        wording(section, "readBack", "I can't find order {orderId|digits}. Did I get that right?");
    Template again = wording(section, "again", "Please say the number again, one digit at a time.");
    Template keypad = section.template("keypad");
    Template unknown = wording(section, "unknown", "There is no order with that number.");
    return section.build(() -> new Flow.NotFound(slot, readBack, again, keypad, unknown));
  }

  private static Template wording(Section section, String key, String example) {
    Template template = section.template(key);
    if (template == null) {
      section.report(key, "is missing", "add " + key + ": " + example);
    }
    return template == null ? NOTHING : template;
  }

  private static Flow.Fallback fallback(@Nullable Section section) {
    if (section == null) {
      return Flow.Fallback.NONE;
    }
    List<Template> say = section.templates("say");
    String offer = section.optionalText("offer");
    Template question = section.template("question");
    if (question != null && offer == null) {
      section.report(
          "question",
          "asks about an offer that is not there",
          "add offer: with the name of an intent");
    }
    Flow.Fallback fallback = section.build(() -> new Flow.Fallback(say, offer, question));
    return fallback == null ? Flow.Fallback.NONE : fallback;
  }
}
