package dev.voxlog.cli;

import dev.voxlog.cli.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `voxlog run`: everything on this machine.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs everything on this machine: an embedded Kafka and schema registry, the demo's backend, all six stages.",
      "The first start fetches the models. Data stays in .voxlog; Ctrl-C stops."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  voxlog run",
      "  voxlog run --agent my-agent.yaml --port 8085",
      "  voxlog run --engines scripted                 tones in place of voices: no models, for trying the plumbing",
      "  voxlog run --infra-only                       then, each in a terminal of its own: voxlog worker stt …",
      "  voxlog run --infra-only --brokers 3           the same on a cluster: any one broker can be killed",
      "",
      "Then call it: voxlog call FILE.wav, or point a carrier's voice webhook at POST /twilio/voice.",
    })
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--agent",
      paramLabel = "FILE",
      description = "The agent file (default: demo/acme/agent.yaml).")
  private @Nullable String agent;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where carriers and callers connect (default: 8080).")
  private @Nullable String port;

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      description = "The embedded Kafka (default: 9092).")
  private @Nullable String brokerPort;

  @Option(
      names = "--brokers",
      paramLabel = "N",
      description =
          "How many Kafka brokers, on ports from --broker-port on: 1, or 3 to see one die (default: 1)."
              + " Fixed for the life of a data folder.")
  private @Nullable String brokers;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      description = "The embedded schema registry (default: 8081).")
  private @Nullable String registryPort;

  @Option(
      names = "--acme-port",
      paramLabel = "PORT",
      description = "The demo agent's backend (default: 8090).")
  private @Nullable String acmePort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where topics, schemas, the demo's database and logs are kept (default: .voxlog).")
  private @Nullable String data;

  @Option(
      names = "--engines",
      paramLabel = "KIND",
      description = "embedded (default), scripted or stub.")
  private @Nullable String engines;

  @Option(
      names = "--orders",
      paramLabel = "SEED",
      defaultValue = "1876",
      description =
          "The seed of the 40 orders in the demo's backend, whose numbers are printed (${DEFAULT-VALUE}).")
  private long orders;

  @Option(
      names = "--infra-only",
      description =
          "Only what the stages stand on: Kafka, registry, topics, the agent file published, the demo's backend.")
  private boolean isInfraOnly;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private SettingOptions settings;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Startup startup = new Startup(spec.commandLine().getOut());
    Map<String, @Nullable String> flags = new HashMap<>();
    flags.put("local.agent", agent);
    flags.put("ingress.port", port);
    flags.put("local.brokerPort", brokerPort);
    flags.put("local.brokers", brokers);
    flags.put("local.registryPort", registryPort);
    flags.put("local.acmePort", acmePort);
    flags.put("local.data", data);
    flags.put("engines.kind", engines);
    Settings given = settings.read().with(flags);
    LocalPlace place = LocalPlace.of(given);
    Logging.toFileIn(place.data());
    LocalRun run = new LocalRun(given, place, startup, orders);
    try (Stopping stopping = Stopping.of(run::close)) {
      boolean hasStarted = stopping.start(isInfraOnly ? run::startInfrastructure : run::start);
      return !hasStarted || run.watch(stopping) ? 0 : Failures.UNAVAILABLE;
    }
  }
}
