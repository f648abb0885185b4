package dev.voxlog.cli;

import dev.voxlog.agent.Agent;
import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFileException;
import dev.voxlog.agent.Problem;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.runtime.AgentPublisher;
import dev.voxlog.tts.embedded.EmbeddedVoices;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `voxlog agent check|publish FILE`: agent files before they answer a call.
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(check | publish)",
    description = "Checks an agent file, or publishes it to a cluster's workers.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  voxlog agent check demo/acme/agent.yaml",
      "  voxlog agent publish my-agent.yaml --config cluster.yaml",
    })
final class AgentCommand {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Prints every problem with line, key, reason and fix; exit code 1 if there is any.")
  int check(
      @Parameters(
              paramLabel = "FILE",
              description = "The agent file; its knowledge folder is read, too.")
          Path file,
      @Mixin JsonOption json) {
    try {
      AgentBundle bundle = AgentBundle.load(file);
      Agent agent = bundle.agent();
      requireSpeakers(file, agent);
      out()
          .printf(
              "%s is sound: agent %s, %d intents, %d flows, %d tools, %d documents%n",
              file,
              bundle.key(),
              agent.intents().size(),
              agent.flows().size(),
              agent.tools().size(),
              bundle.knowledge().size());
      json.write(Map.of("file", file.toString(), "key", bundle.key(), "problems", List.of()));
      return 0;
    } catch (AgentFileException refused) {
      out().println(refused.getMessage());
      json.write(
          Map.of(
              "file",
              file.toString(),
              "problems",
              refused.problems().stream().map(AgentCommand::row).toList()));
      return Failures.NO;
    }
  }

  /// Which speakers there are the speech engine knows, not the file's reader.
  private static void requireSpeakers(Path file, Agent agent) {
    List<String> speakers = EmbeddedVoices.speakers(agent.voice().engine());
    List<Problem> problems =
        agent.realtime().voices().entrySet().stream()
            .filter(each -> !speakers.contains(each.getValue()))
            .sorted(Map.Entry.comparingByKey())
            .map(each ->
                new Problem(
                    0,
                    0,
                    "realtime.voices." + each.getKey(),
                    each.getValue() + " is no speaker of this agent's speech engine",
                    "write one from " + speakers.getFirst() + " to " + speakers.getLast()))
            .toList();
    if (!problems.isEmpty()) {
      throw new AgentFileException(file.toString(), problems);
    }
  }

  private static Map<String, Object> row(Problem problem) {
    return Map.of(
        "line", problem.line(),
        "column", problem.column(),
        "key", problem.key(),
        "reason", problem.reason(),
        "fix", problem.fix());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Checks the file and writes it to the topic 'agents', where every worker finds it.")
  int publish(
      @Parameters(paramLabel = "FILE", description = "The agent file.") Path file,
      @Mixin SettingOptions settings,
      @Mixin JsonOption json) {
    Cluster cluster = new Cluster(settings.read());
    AgentBundle bundle = AgentBundle.load(file);
    cluster.awaitBrokers();
    boolean isNew = new AgentPublisher(cluster.kafka()).publish(bundle);
    out()
        .printf(
            "%s %s; calls reach it with ingress.agent=%s%n",
            bundle.key(), isNew ? "is published" : "was there already", bundle.agent().name());
    json.write(Map.of("key", bundle.key(), "isNew", isNew));
    return 0;
  }
}
