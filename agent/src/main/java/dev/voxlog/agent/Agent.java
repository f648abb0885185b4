package dev.voxlog.agent;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything one agent is: who it is, how it listens and speaks, what it understands, does and
/// knows.
///
/// `languages` are ordered, the first is the default; `dtmf` maps a key (`0`–`9`, `*`, `#`) to the
/// name of the intent it stands for when no digits are awaited; `keyterms` are words the recogniser
/// should expect. `timeZone` is where "tomorrow at three" is reckoned, the platform's if null.
public record Agent(
    String name,
    String persona,
    List<Locale> languages,
    @Nullable ZoneId timeZone,
    @Nullable Start start,
    Greeting greeting,
    Voice voice,
    Engines engines,
    List<String> keyterms,
    Endpointing endpointing,
    Interruption interruption,
    Silence silence,
    Limits limits,
    Masking masking,
    Realtime realtime,
    Prompts prompts,
    List<Intent> intents,
    List<Flow> flows,
    List<Tool> tools,
    @Nullable Knowledge knowledge,
    @Nullable Transfer transfer,
    Map<String, String> dtmf) {

  /// What a name of an agent, intent, flow, slot or tool looks like.
  static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,63}";

  public Agent {
    languages = List.copyOf(languages);
    keyterms = List.copyOf(keyterms);
    intents = List.copyOf(intents);
    flows = List.copyOf(flows);
    tools = List.copyOf(tools);
    dtmf = Map.copyOf(dtmf);
    new Rules()
        .that(
            isName(name),
            "name",
            name,
            "is no name",
            "use a letter, then letters, digits, _ or -; up to 64 in all")
        .that(
            !languages.isEmpty(),
            "languages",
            languages,
            "must not be empty",
            "write languages: [en-US]")
        .enforce();
  }

  static boolean isName(String text) {
    return text.matches(NAME);
  }

  public Optional<Intent> intent(String intent) {
    return intents.stream().filter(each -> each.name().equals(intent)).findFirst();
  }

  public Optional<Flow> flow(String flow) {
    return flows.stream().filter(each -> each.name().equals(flow)).findFirst();
  }

  public Optional<Tool> tool(String tool) {
    return tools.stream().filter(each -> each.name().equals(tool)).findFirst();
  }

  /// The intents that do `action`, in the file's order.
  public List<Intent> intents(Action action) {
    return intents.stream().filter(each -> each.target().equals(new Intent.Act(action))).toList();
  }

  /// The intent a key stands for when no digits are awaited.
  public Optional<Intent> intentOfKey(String key) {
    return Optional.ofNullable(dtmf.get(key)).flatMap(this::intent);
  }

  /// The slots of all flows, in the file's order.
  public Stream<Slot> slots() {
    return flows.stream().flatMap(flow -> flow.slots().stream());
  }

  /// The environment variables that tools and transfer need and that `variables` does not have: a
  /// start should refuse.
  public List<String> missingVariables(Function<String, @Nullable String> variables) {
    Stream<String> used =
        tools.stream()
            .map(Tool::http)
            .flatMap(
                http -> Stream.concat(Stream.of(http.url()), http.headers().values().stream()));
    return Stream.concat(used, Stream.ofNullable(transfer).map(Transfer::number))
        .flatMap(text -> Environment.required(text).stream())
        .distinct()
        .filter(name -> variables.apply(name) == null)
        .sorted()
        .toList();
  }

  /// Every sentence that is the same in each call, in the order a call is likely to need it: worth
  /// rendering at start. A wording with places for values has such sentences, too.
  public List<String> fixedWordings() {
    return Stream.of(
            greeting.sentences().stream(),
            prompts.wordings(),
            flows.stream().flatMap(Flow::wordings),
            intents.stream().flatMap(Intent::wordings),
            tools.stream().flatMap(Tool::wordings),
            start == null ? Stream.<Template>empty() : start.wordings(),
            transfer == null ? Stream.<Template>empty() : Stream.of(transfer.announce()))
        .flatMap(each -> each)
        .flatMap(each -> Sentences.of(each.toString()).stream())
        .map(Template::of)
        .filter(Template::isFixed)
        .map(Template::fixed)
        .distinct()
        .toList();
  }
}
