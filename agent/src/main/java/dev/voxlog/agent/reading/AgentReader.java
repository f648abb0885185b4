package dev.voxlog.agent.reading;

import dev.voxlog.agent.Agent;
import dev.voxlog.agent.AgentFileException;
import dev.voxlog.agent.Endpointing;
import dev.voxlog.agent.Engines;
import dev.voxlog.agent.Flow;
import dev.voxlog.agent.Greeting;
import dev.voxlog.agent.Intent;
import dev.voxlog.agent.Interruption;
import dev.voxlog.agent.Knowledge;
import dev.voxlog.agent.Limits;
import dev.voxlog.agent.Masking;
import dev.voxlog.agent.Problem;
import dev.voxlog.agent.Prompts;
import dev.voxlog.agent.Realtime;
import dev.voxlog.agent.Silence;
import dev.voxlog.agent.Start;
import dev.voxlog.agent.Template;
import dev.voxlog.agent.Tool;
import dev.voxlog.agent.Transfer;
import dev.voxlog.agent.Voice;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads an agent file from top to bottom and tells every problem in it at once.
public final class AgentReader {
  private static final Greeting NO_GREETING = new Greeting("", "-", "", true);

  private final Problems problems = new Problems();
  private final Declared declared = new Declared(problems);

  private AgentReader() {}

  /// The agent that `yaml` describes; `source` names it in messages.
  ///
  /// @throws AgentFileException with every problem
  public static Agent read(String yaml, String source) {
    AgentReader reader = new AgentReader();
    Agent agent = reader.agent(compose(yaml, source));
    if (agent == null || !reader.problems.isEmpty()) {
      throw new AgentFileException(source, reader.problems.inOrder());
    }
    return agent;
  }

  /// A problem found outside the file, told at the line of `key`.
  public static Problem problemAt(
      String yaml, String source, String key, String reason, String fix) {
    AgentReader reader = new AgentReader();
    reader.agent(compose(yaml, source));
    return reader.problems.at(key, reason, fix);
  }

  private static Node compose(String yaml, String source) {
    try {
      Optional<Node> root =
          new Compose(LoadSettings.builder().setLabel(source).build()).composeString(yaml);
      return root.orElseThrow(() ->
          refused(
              source,
              new Problem(
                  0,
                  0,
                  "",
                  "is empty",
                  "describe an agent: begin with name, greeting and intents")));
    } catch (MarkedYamlEngineException malformed) {
      throw refused(source, syntax(malformed));
    } catch (YamlEngineException malformed) {
      throw refused(
          source,
          new Problem(
              0, 0, "", "is no YAML: " + malformed.getMessage(), "correct the file's form"));
    }
  }

  private static Problem syntax(MarkedYamlEngineException malformed) {
    int line = malformed.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
    int column = malformed.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(0);
    String context = malformed.getContext() == null ? "" : malformed.getContext() + ": ";
    String fix =
        "check this line and the one before for indentation (spaces only), a missing colon, or text with : or # that needs quotes";
    return new Problem(line, column, "", "is no YAML: " + context + malformed.getProblem(), fix);
  }

  private static AgentFileException refused(String source, Problem problem) {
    return new AgentFileException(source, List.of(problem));
  }

  private @Nullable Agent agent(Node document) {
    Section root = Section.of("", document, problems);
    if (root == null) {
      return null;
    }
    String name = root.text("name", "acme");
    String persona = root.text("persona");
    List<Locale> languages = languages(root);
    ZoneId timeZone = timeZone(root);
    Greeting greeting = greeting(root);
    Voice voice = Policies.voice(root.section("voice"));
    Engines engines = Policies.engines(root.section("engines"));
    List<String> keyterms = root.texts("keyterms");
    Endpointing endpointing = Policies.endpointing(root.section("endpointing"));
    Interruption interruption = Policies.interruption(root.section("interruption"));
    Silence silence = Policies.silence(root.section("silence"));
    Limits limits = Policies.limits(root.section("limits"));
    Masking masking = Policies.masking(root.section("masking"));
    Realtime realtime = Policies.realtime(root.section("realtime"));
    Prompts prompts = Policies.prompts(root.section("prompts"));
    List<Placed<Intent>> intents = new IntentReader(declared).read(root);
    List<Placed<Flow>> flows = new FlowReader(declared).read(root);
    List<Placed<Tool>> tools = new ToolReader(declared).read(root);
    Start start = new StartReader(declared).read(root.section("start"), tools);
    Knowledge knowledge = knowledge(root.section("knowledge"));
    Transfer transfer = transfer(root.section("transfer"), prompts);
    Map<String, String> dtmf = root.textMap("dtmf");
    Agent agent =
        root.build(() ->
            new Agent(
                name,
                persona,
                languages,
                timeZone,
                start,
                greeting,
                voice,
                engines,
                keyterms,
                endpointing,
                interruption,
                silence,
                limits,
                masking,
                realtime,
                prompts,
                values(intents),
                values(flows),
                values(tools),
                knowledge,
                transfer,
                dtmf));
    References references = new References(problems, declared);
    references.check(intents, root.has("knowledge"), root.has("transfer"));
    references.checkKeys(dtmf);
    new FlowReferences(problems, declared, tools, start).check(flows, timeZone != null);
    return agent;
  }

  private static <T> List<T> values(List<Placed<T>> placed) {
    return placed.stream().map(Placed::value).toList();
  }

  private List<Locale> languages(Section root) {
    if (!root.has("languages")) {
      return List.of(Locale.US);
    }
    List<Locale> languages = new ArrayList<>();
    for (String tag : root.texts("languages")) {
      try {
        languages.add(new Locale.Builder().setLanguageTag(tag).build());
      } catch (IllformedLocaleException _) {
        root.report("languages", tag + " is no language tag", "write a tag such as en-US or de");
      }
    }
    return languages.isEmpty() ? List.of(Locale.US) : languages;
  }

  private static @Nullable ZoneId timeZone(Section root) {
    if (!root.has("timeZone")) {
      return null;
    }
    String name = root.text("timeZone");
    try {
      return ZoneId.of(name);
    } catch (DateTimeException _) {
      root.report("timeZone", name + " is no time zone", "write one such as America/New_York");
      return null;
    }
  }

  private static Greeting greeting(Section root) {
    if (!root.has("greeting")) {
      root.report("greeting", "is missing", "add greeting: with hello, disclosure and question");
    }
    Section section = root.section("greeting");
    if (section == null) {
      return NO_GREETING;
    }
    String hello = section.text("hello");
    String disclosure = section.text("disclosure");
    String question = section.text("question");
    boolean uninterruptible = section.flag("uninterruptible", true);
    Greeting greeting =
        section.build(() -> new Greeting(hello, disclosure, question, uninterruptible));
    return greeting == null ? NO_GREETING : greeting;
  }

  private static @Nullable Knowledge knowledge(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    String folder = section.text("folder", "knowledge");
    double minScore = section.number("minScore", 0.5);
    int maxPassages = section.integer("maxPassages", 1);
    return section.build(() -> new Knowledge(folder, minScore, maxPassages));
  }

  private static @Nullable Transfer transfer(@Nullable Section section, Prompts prompts) {
    if (section == null) {
      return null;
    }
    String number = section.text("number", "\"+15550100\"");
    Template announce = section.template("announce");
    Template said = announce == null ? prompts.of(dev.voxlog.agent.Prompt.TRANSFERRING) : announce;
    return section.build(() -> new Transfer(number, said));
  }
}
