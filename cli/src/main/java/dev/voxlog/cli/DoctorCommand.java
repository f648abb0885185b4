package dev.voxlog.cli;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFileException;
import dev.voxlog.cli.doctor.AccessChecks;
import dev.voxlog.cli.doctor.ChatCheck;
import dev.voxlog.cli.doctor.ClusterChecks;
import dev.voxlog.cli.doctor.EngineChecks;
import dev.voxlog.cli.doctor.Finding;
import dev.voxlog.cli.doctor.Finding.State;
import dev.voxlog.cli.doctor.Guard;
import dev.voxlog.cli.doctor.MachineChecks;
import dev.voxlog.cli.doctor.PortChecks;
import dev.voxlog.cli.doctor.PortHolder;
import dev.voxlog.cli.doctor.WeightChecks;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.cli.settings.StageSettings;
import dev.voxlog.llm.chat.OpenAiChat;
import dev.voxlog.llm.chat.OpenAiChatConfig;
import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import dev.voxlog.schemas.StageName;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `voxlog doctor`: looks at everything a start needs, and says what to do about what is wrong.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at everything a start needs and prints each finding; after an arrow, what to do about it.",
      "Changes nothing. What it is to look at is told by the settings: give it those of the start.",
      "",
      "  ok     as it should be",
      "  note   works, but not as well as it could, or not yet",
      "  bad    a start would fail, or calls would",
      "",
      "It looks at:",
      "  JDK, machine   version, flags, memory, heap",
      "  disk           can be written, and for how many hours of calls it is enough",
      "  port N         free, or taken by which program",
      "  access, TLS    who gets in, with which tokens; certificate, key and host name",
      "  models         weights that are missing; with --verify-weights, damaged ones",
      "  agent          the agent file",
      "  brokers …      version, session times, replicas, room, clocks; refused logins by name",
      "  topics         missing, or with other partitions, replicas or retention",
      "  registry       our schemas: there, or would be taken",
      "  engine …       loads each as a start would, and says how long that took",
      "  language model asks it for a word",
      "",
      "Exit code 1 if anything is bad, else 0."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  voxlog doctor                                 this machine, as voxlog run would use it",
      "  voxlog doctor --config cluster.yaml           a cluster, as voxlog worker would",
      "  voxlog doctor --json findings.json            also for programs: area, state, what, fix",
      "  voxlog doctor --skip-engines                  in a second, without loading models",
      "  voxlog doctor --verify-weights                reads every weight, some seconds",
    })
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--skip-engines", description = "Load no engine and ask no language model.")
  private boolean isSkippingEngines;

  @Option(
      names = "--verify-weights",
      description = "Compare each weight's SHA-256 with what it should be.")
  private boolean isVerifying;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder of voxlog run (default: .voxlog).")
  private @Nullable String data;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private SettingOptions settings;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private JsonOption json;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    Map<String, @Nullable String> flags = new LinkedHashMap<>();
    flags.put("local.data", data);
    Settings given = settings.read().with(flags);
    List<Finding> findings = new ArrayList<>();
    findings.addAll(Guard.look("data", () -> here(LocalPlace.of(given), given)));
    findings.addAll(new AccessChecks(given, Instant.now()).all());
    List<Finding> weights = Guard.look("models", () -> weights(new StageSettings(given)));
    findings.addAll(weights);
    findings.addAll(Guard.look("cluster", () -> cluster(LocalPlace.of(given), given)));
    if (!isSkippingEngines) {
      boolean canLoad =
          !new StageSettings(given).engines().needsModels() || WeightChecks.areAllHere(weights);
      findings.addAll(
          Guard.look("engines", () -> canLoad ? engines(new StageSettings(given)) : List.of()));
      findings.addAll(Guard.look("language model", () -> languageModel(new StageSettings(given))));
    }
    report(findings);
    json.write(findings);
    return findings.stream().anyMatch(finding -> finding.state() == State.BAD) ? Failures.NO : 0;
  }

  /// What stands on this machine, which holds everything unless a cluster is configured.
  private static List<Finding> here(LocalPlace place, Settings given) {
    boolean isEverythingHere = !given.isSet("kafka.bootstrap.servers");
    boolean isRunning = Files.exists(RunningFile.in(place.data()));
    int copies = isEverythingHere ? given.whole("local.brokers") : 0;
    List<Finding> findings = new ArrayList<>(new MachineChecks(place.data(), copies).all());
    findings.addAll(new PortChecks(given, isRunning, new PortHolder()::of).all(isEverythingHere));
    if (isEverythingHere) {
      findings.add(agent(place.agentFile()));
    }
    return findings;
  }

  private static Finding agent(Path file) {
    try {
      AgentBundle bundle = AgentBundle.load(file);
      return new Finding(
          "agent",
          State.OK,
          "%s is sound: %s".formatted(file.getFileName(), bundle.agent().name()),
          "");
    } catch (AgentFileException refused) {
      return new Finding(
          "agent",
          State.BAD,
          "%s has %d problems, the first: %s"
              .formatted(file, refused.problems().size(), refused.problems().getFirst()),
          "voxlog agent check " + file + " lists all of them");
    }
  }

  private List<Finding> weights(StageSettings stages) {
    if (!stages.engines().needsModels()) {
      return List.of();
    }
    boolean canFetch = stages.models().mirror().isPresent() || WeightChecks.isOnPath("npm");
    return WeightChecks.of(new ModelStore(stages.models()), Models.all())
        .all(canFetch, isVerifying);
  }

  private static List<Finding> cluster(LocalPlace place, Settings given) {
    Path running = RunningFile.in(place.data());
    boolean isConfigured = given.isSet("kafka.bootstrap.servers");
    if (!isConfigured && !Files.exists(running)) {
      return List.of(
          new Finding(
              "cluster",
              State.OK,
              "none is configured, and voxlog run is not up: it starts its own",
              ""));
    }
    Settings reaching =
        isConfigured ? given : Settings.read(new Settings.Given(running, Map.of(), List.of()));
    return new ClusterChecks(new Cluster(reaching)).all();
  }

  private static List<Finding> engines(StageSettings settings) {
    Map<String, EngineChecks.Loading> loadings = new LinkedHashMap<>();
    for (StageName stage : new StageName[] {StageName.STT, StageName.NLU, StageName.TTS}) {
      loadings.put(
          stage.id(),
          () -> {
            try (StageMaker maker = new StageMaker(settings, _ -> {})) {
              maker.make(stage).close();
            }
          });
    }
    return new EngineChecks(loadings).all();
  }

  private static List<Finding> languageModel(StageSettings settings) {
    OpenAiChatConfig chat = settings.chat().orElse(null);
    if (chat == null) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    ChatCheck.key(chat.baseUrl().getHost(), chat.apiKey() != null).ifPresent(findings::add);
    try (OpenAiChat model = new OpenAiChat(chat)) {
      findings.add(ChatCheck.of(model));
    }
    return findings;
  }

  private void report(List<Finding> findings) {
    PrintWriter out = spec.commandLine().getOut();
    for (Finding finding : findings) {
      out.printf(
          "%-5s %-14s %s%n",
          finding.state().name().toLowerCase(Locale.ROOT), finding.area(), finding.what());
      if (!finding.fix().isEmpty()) {
        out.printf("%20s → %s%n", "", finding.fix());
      }
    }
    long bad = findings.stream().filter(finding -> finding.state() == State.BAD).count();
    out.println(
        bad == 0
            ? "All is well."
            : bad == 1 ? "One thing needs doing." : bad + " things need doing.");
  }
}
