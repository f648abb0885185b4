package dev.voxlog.cli;

import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.local.RegistryConfig;
import dev.voxlog.local.SchemaRegistry;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `voxlog registry`: the small schema registry alone, on a cluster that has none.
@Command(
    name = "registry",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the small Confluent-compatible schema registry alone, on loopback.",
      "What it knows is kept in one compacted topic of the cluster."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  voxlog registry --set kafka.bootstrap.servers=broker:9092",
      "  curl http://127.0.0.1:8081/subjects",
    })
final class RegistryCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private SettingOptions settings;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where it listens, 0 for any free port (default: 8081).")
  private @Nullable String port;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Settings read = settings.read();
    if (port != null) {
      read = read.with(Map.of("local.registryPort", port));
    }
    Logging.toErrorStream();
    Cluster cluster = new Cluster(read);
    cluster.awaitBrokers();
    RegistryConfig config =
        new RegistryConfig(
            "127.0.0.1",
            read.whole("local.registryPort"),
            cluster.kafka().admin(),
            RegistryConfig.TOPIC);
    SchemaRegistry registry = SchemaRegistry.start(config);
    try (Stopping stopping = Stopping.of(registry::close)) {
      spec.commandLine().getOut().println("The schema registry is ready: " + registry.url());
      stopping.await();
    }
    return 0;
  }
}
