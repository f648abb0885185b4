package dev.voxlog.cli;

import dev.voxlog.cli.settings.Settings;
import dev.voxlog.cli.settings.UserError;
import dev.voxlog.schemas.StageName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `voxlog worker STAGE…`: stages of their own process, on any cluster.
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs one stage, or a few in one process, on a cluster. TERM hands its partitions over and ends it.",
      "web is no stage but the page and the operator API, which read the log beside the stages.",
      "The topics must be there (voxlog topics apply), and an agent published (voxlog agent publish)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  voxlog worker stt --config cluster.yaml",
      "  voxlog worker ingress --set ingress.port=8080 --set ingress.agent=acme",
      "  voxlog worker nlu llm --health-port 9100      two stages that share a process and its models",
      "  voxlog worker web --set web.port=8070         the page and the operator API",
      "  curl http://127.0.0.1:9100/health/ready",
    })
final class WorkerCommand implements Callable<Integer> {
  private static final String WEB = "web";
  private static final Set<StageName> STAGES =
      EnumSet.of(
          StageName.INGRESS,
          StageName.STT,
          StageName.NLU,
          StageName.LLM,
          StageName.TTS,
          StageName.EGRESS);

  @Parameters(
      arity = "1..*",
      paramLabel = "STAGE",
      description = "ingress, stt, nlu, llm, tts, egress or web.")
  private List<String> stages = new ArrayList<>();

  @Option(
      names = "--health-port",
      paramLabel = "PORT",
      description = "Serves /health/live and /health/ready (default: any free port).")
  private @Nullable String healthPort;

  @Option(
      names = "--engines",
      paramLabel = "KIND",
      description = "embedded (default), scripted or stub.")
  private @Nullable String engines;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private SettingOptions settings;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Startup startup = new Startup(spec.commandLine().getOut());
    Map<String, @Nullable String> flags = new java.util.HashMap<>();
    flags.put("health.port", healthPort);
    flags.put("engines.kind", engines);
    Settings given = settings.read().with(flags);
    boolean hasWeb = stages.removeIf(WEB::equalsIgnoreCase);
    Set<StageName> wanted = wanted();
    Logging.toErrorStream();
    WorkerRun run = new WorkerRun(given, new WorkerRun.Roles(wanted, hasWeb), startup);
    try (Stopping stopping = Stopping.of(run::close)) {
      if (stopping.start(run::start)) {
        stopping.await();
      }
      return 0;
    }
  }

  private Set<StageName> wanted() {
    Set<StageName> wanted = EnumSet.noneOf(StageName.class);
    for (String word : stages) {
      wanted.add(
          STAGES.stream()
              .filter(stage -> stage.id().equalsIgnoreCase(word.replaceFirst("-worker$", "")))
              .findFirst()
              .orElseThrow(() ->
                  new UserError(
                      "there is no stage %s; there is %s, and web"
                          .formatted(
                              word,
                              String.join(", ", STAGES.stream().map(StageName::id).toList())))));
    }
    return wanted;
  }
}
