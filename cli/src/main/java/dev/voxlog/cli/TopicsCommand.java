package dev.voxlog.cli;

import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.local.TopicFinding;
import dev.voxlog.local.TopicSetup;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `voxlog topics plan|apply|verify`: a cluster's topics as the settings say they should be.
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(plan | apply | verify)",
    description = "Shows, creates or checks the topics of a cluster.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  voxlog topics plan --set kafka.bootstrap.servers=broker:9092",
      "  voxlog topics apply --config cluster.yaml",
      "  voxlog topics verify --config cluster.yaml --json topics.json",
    })
final class TopicsCommand {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Command(
      mixinStandardHelpOptions = true,
      description = "Prints what 'apply' would do. Changes nothing.")
  int plan(@Mixin SettingOptions settings, @Mixin JsonOption json) {
    Cluster cluster = new Cluster(settings.read());
    report(cluster, with(cluster, topics -> topics.plan(cluster.topics().all())), json);
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Creates what is missing, corrects settings, and waits until every partition can be written. Partition counts are never"
              + " changed.")
  int apply(@Mixin SettingOptions settings, @Mixin JsonOption json) {
    Cluster cluster = new Cluster(settings.read());
    List<TopicFinding> left = with(cluster, topics -> topics.apply(cluster.topics().all()));
    report(cluster, left, json);
    return left.isEmpty() ? 0 : Failures.NO;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Exit code 0 if every topic is as it should be, else 1 and the differences.")
  int verify(@Mixin SettingOptions settings, @Mixin JsonOption json) {
    Cluster cluster = new Cluster(settings.read());
    List<TopicFinding> findings = with(cluster, topics -> topics.plan(cluster.topics().all()));
    report(cluster, findings, json);
    return findings.isEmpty() ? 0 : Failures.NO;
  }

  private static <T> T with(Cluster cluster, Function<TopicSetup, T> use) {
    cluster.awaitBrokers();
    try (Admin admin = Admin.create(cluster.kafka().admin())) {
      return use.apply(new TopicSetup(admin));
    }
  }

  private void report(Cluster cluster, List<TopicFinding> findings, JsonOption json) {
    var out = spec.commandLine().getOut();
    findings.forEach(finding -> out.printf("%s%n    %s%n", finding.problem(), finding.fix()));
    if (findings.isEmpty()) {
      out.printf(
          "%d topics on %s are as they should be%n",
          cluster.topics().all().size(), cluster.bootstrapServers());
    }
    json.write(
        Map.of(
            "cluster", cluster.bootstrapServers(),
            "findings",
                findings.stream()
                    .map(finding ->
                        Map.of(
                            "topic",
                            finding.topic().name(),
                            "problem",
                            finding.problem(),
                            "fix",
                            finding.fix()))
                    .toList()));
  }
}
