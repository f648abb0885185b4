package dev.voxlog.cli;

import dev.voxlog.agent.AgentFileException;
import dev.voxlog.cli.settings.UserError;
import dev.voxlog.local.PortTakenException;
import dev.voxlog.models.ModelUnavailableException;
import dev.voxlog.schemas.registry.RegistryException;
import java.io.PrintWriter;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// What becomes of an exception: one clear line and an exit code; a stack trace only for faults of
/// our own.
final class Failures {
  static final int NO = 1;
  static final int MISUSED = 2;
  static final int UNAVAILABLE = 3;
  static final int FAULT = 70;

  private Failures() {}

  static int misused(ParameterException wrong, String[] arguments) {
    CommandLine line = wrong.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("voxlog: " + wrong.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
      err.println("See " + line.getCommandSpec().qualifiedName() + " --help");
    }
    return MISUSED;
  }

  static int failed(Exception failure, CommandLine line, ParseResult arguments) {
    Throwable cause = unwrapped(failure);
    int code = code(cause);
    if (code == FAULT) {
      LoggerFactory.getLogger(Voxlog.class).error("a fault of our own", cause);
      line.getErr().println("voxlog: a fault of Voxlog's own: " + cause);
      cause.printStackTrace(line.getErr());
    } else {
      line.getErr().println("voxlog: " + message(cause));
      if (System.getenv("VOXLOG_DEBUG") != null) {
        cause.printStackTrace(line.getErr());
      }
    }
    return code;
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean isWrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return isWrapper && cause != null ? unwrapped(cause) : failure;
  }

  /// Configuration records refuse with IllegalArgumentException, what starts and cannot with
  /// IllegalStateException.
  private static int code(Throwable failure) {
    return switch (failure) {
      case UserError _, AgentFileException _, ConfigException _ -> MISUSED;
      case IllegalArgumentException wrong when wrong.getMessage() != null -> MISUSED;
      case PortTakenException _,
          ModelUnavailableException _,
          RegistryException _,
          KafkaException _ ->
          UNAVAILABLE;
      case IllegalStateException refused when refused.getMessage() != null -> UNAVAILABLE;
      default -> FAULT;
    };
  }

  static String message(Throwable failure) {
    Throwable cause = unwrapped(failure);
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
