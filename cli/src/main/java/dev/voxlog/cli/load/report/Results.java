package dev.voxlog.cli.load.report;

import dev.voxlog.cli.JsonOption;
import dev.voxlog.cli.OutputFile;
import dev.voxlog.cli.load.server.Setup;
import dev.voxlog.cli.settings.UserError;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has been measured so far. The files that were asked for are written after each number of
/// calls, so that whatever ends the run takes none of it away. Not thread-safe.
public final class Results {
  private final Setup setup;
  private final JsonOption json;
  private final @Nullable OutputFile page;
  private final List<Outcome> outcomes = new ArrayList<>();

  /// @throws UserError if a file could not be written
  public Results(Setup setup, JsonOption json, @Nullable OutputFile page) {
    this.setup = setup;
    this.json = json;
    this.page = page;
    json.check();
    if (page != null) {
      page.check();
    }
  }

  public void add(Outcome outcome) {
    outcomes.add(outcome);
    try {
      write();
    } catch (UserError e) {
      // What is still to be measured goes on; [#print] tries again, and tells.
      return;
    }
  }

  private void write() {
    StepsReport report = new StepsReport(setup, outcomes);
    json.write(report.json());
    if (page != null) {
      page.write(new HtmlReport(report).page());
    }
  }

  /// Whether every call stood and every line was answered, as long as it should be.
  public boolean areComplete() {
    return outcomes.stream().allMatch(Outcome::isComplete);
  }

  /// In short, and last; nothing if nothing was measured.
  ///
  /// @throws UserError if a file cannot be written
  public void print(PrintWriter out) {
    if (!outcomes.isEmpty()) {
      new StepsReport(setup, outcomes).print(out);
      write();
    }
  }
}
