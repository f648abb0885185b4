package dev.voxlog.cli;

import dev.voxlog.cli.call.CallCommand;
import dev.voxlog.cli.chaos.ChaosCommand;
import dev.voxlog.cli.load.LoadCommand;
import dev.voxlog.cli.settings.UserError;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The `voxlog` command.
@Command(
    name = "voxlog",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Voice agents on the telephone, every step a record on Kafka.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  voxlog run                                  everything on this machine, no keys, no network",
      "  voxlog call hello.wav --out calls           call it with a recording; hear and see what came of it",
      "  voxlog run --agent my-agent.yaml            the same with an agent of your own",
      "  voxlog agent check my-agent.yaml            what is wrong in an agent file, line by line",
      "  voxlog doctor                               why something does not work, and what to do",
      "  voxlog worker stt --config cluster.yaml     one stage on a cluster you have",
      "  voxlog topics apply --config cluster.yaml   the topics of such a cluster",
      "",
      "Each command has its own --help. Settings: docs/configuration.md.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is done, or all is well",
      "1:the answer is no: a check found something",
      "2:the command or its configuration is wrong; the message says where",
      "3:something it needs does not answer or is taken",
      "70:a fault of Voxlog's own"
    },
    subcommands = {
      RunCommand.class,
      WorkerCommand.class,
      CallCommand.class,
      AgentCommand.class,
      TopicsCommand.class,
      RegistryCommand.class,
      DoctorCommand.class,
      ChaosCommand.class,
      LoadCommand.class
    })
public final class Voxlog implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  /// Starts what the arguments say and ends the process with an exit code.
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = commandLine(out, err).execute(arguments);
    out.flush();
    System.exit(code);
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new Voxlog());
    line.setOut(out).setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(110).setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler(Failures::misused);
    line.setExecutionExceptionHandler(Failures::failed);
    return line;
  }

  @Override
  public void run() {
    throw new UserError("say what to do; voxlog --help shows examples");
  }

  CommandSpec spec() {
    return spec;
  }
}
