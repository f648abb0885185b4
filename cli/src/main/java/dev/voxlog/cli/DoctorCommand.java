package dev.voxlog.cli;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFileException;
import dev.voxlog.cli.doctor.ChatCheck;
import dev.voxlog.cli.doctor.ClusterChecks;
import dev.voxlog.cli.doctor.EngineChecks;
import dev.voxlog.cli.doctor.Finding;
import dev.voxlog.cli.doctor.Finding.State;
import dev.voxlog.cli.doctor.MachineChecks;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.cli.settings.StageSettings;
import dev.voxlog.cli.settings.UserError;
import dev.voxlog.llm.chat.OpenAiChat;
import dev.voxlog.schemas.StageName;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
      "Looks at the machine, models, engines, the agent file, and the cluster if there is one; prints each finding with its fix.",
      "Exit code 1 if anything is bad. Changes nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  voxlog doctor",
      "  voxlog doctor --config cluster.yaml --json findings.json",
      "  voxlog doctor --skip-engines                  without loading models",
    })
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--skip-engines", description = "Do not load the engines.")
  private boolean isSkippingEngines;

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
    LocalPlace place = LocalPlace.of(given);
    Path running = RunningFile.in(place.data());
    List<Finding> findings =
        new ArrayList<>(new MachineChecks(given, place.data(), Files.exists(running)).all());
    findings.add(agent(place.agentFile()));
    findings.addAll(cluster(given, running));
    if (!isSkippingEngines && isEveryModelHere(findings)) {
      findings.addAll(engines(new StageSettings(given)));
    }
    if (!isSkippingEngines) {
      languageModel(new StageSettings(given)).ifPresent(findings::add);
    }
    report(findings);
    json.write(findings);
    return findings.stream().anyMatch(finding -> finding.state() == State.BAD) ? Failures.NO : 0;
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

  private static List<Finding> cluster(Settings given, Path running) {
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

  private static boolean isEveryModelHere(List<Finding> findings) {
    return findings.stream()
        .anyMatch(finding -> finding.area().equals("models") && finding.state() == State.OK);
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

  private static Optional<Finding> languageModel(StageSettings settings) {
    try {
      return settings
          .chat()
          .map(chat -> {
            try (OpenAiChat model = new OpenAiChat(chat)) {
              return ChatCheck.of(model);
            }
          });
    } catch (UserError | IllegalArgumentException refused) {
      return Optional.of(
          new Finding(
              "language model", State.BAD, String.valueOf(refused.getMessage()), "mend that key"));
    }
  }

  private void report(List<Finding> findings) {
    PrintWriter out = spec.commandLine().getOut();
    for (Finding finding : findings) {
      out.printf(
          "%-5s %-12s %s%n",
          finding.state().name().toLowerCase(java.util.Locale.ROOT),
          finding.area(),
          finding.what());
      if (!finding.fix().isEmpty()) {
        out.printf("%18s → %s%n", "", finding.fix());
      }
    }
    long bad = findings.stream().filter(finding -> finding.state() == State.BAD).count();
    out.println(
        bad == 0
            ? "All is well."
            : bad == 1 ? "One thing needs doing." : bad + " things need doing.");
  }
}
