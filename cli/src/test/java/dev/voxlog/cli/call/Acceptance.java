package dev.voxlog.cli.call;

import dev.voxlog.analytics.Turn;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The acceptance conversations for tests of other packages.
public record Acceptance(long orders, List<Line> lines) {
  /// Where Acme's agent is.
  private static final ZoneId ACME = ZoneId.of("America/New_York");

  /// What is said, and which tool must be called with which arguments, if any.
  public record Line(String say, @Nullable String tool, Map<String, String> arguments) {
    public boolean isTransfer() {
      return Expectation.TRANSFER.equals(tool);
    }
  }

  public static Acceptance read(Path file) {
    Script script = ScriptReader.read(file);
    List<Line> lines = new ArrayList<>();
    for (Script.Line line : script.lines()) {
      Expectation expected = Objects.requireNonNull(line.expectation());
      lines.add(new Line(line.say(), expected.tool(), expected.arguments()));
    }
    return new Acceptance(script.orders(), List.copyOf(lines));
  }

  /// Whether that is the call that the line is to lead to.
  public static boolean isExpected(Line line, String caller, String tool, String arguments) {
    Judge judge = new Judge(caller, LocalDate.now(ACME));
    return judge.isExpected(
        new Expectation(List.of(), line.tool(), line.arguments(), null),
        new Turn.ToolCall(0, tool, arguments, null, null, 0));
  }

  /// With the caller's number and dates in the place of their names.
  public static String resolved(String value, String caller) {
    return new Judge(caller, LocalDate.now(ACME)).resolved(value);
  }
}
