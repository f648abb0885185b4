package dev.voxlog.cli.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.cli.JsonOption;
import dev.voxlog.cli.OutputFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ResultsTest {
  @Test
  void whatWasMeasuredIsWrittenAtOnceSinceTheRunMayEndAtAnyTime(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("load.json");
    Path page = folder.resolve("load.html");
    JsonOption json = CommandLine.populateCommand(new JsonOption(), "--json", file.toString());
    Results results = new Results(StepsReportTest.SETUP, json, new OutputFile("--html", page));
    assertThat(file).as("nothing before there is something").doesNotExist();
    results.add(StepsReportTest.outcome(1, 0.02, 9));
    assertThat(new ObjectMapper().readTree(file.toFile()).at("/steps")).hasSize(1);
    assertThat(page).content().contains("<h1>1 call,");
    results.add(StepsReportTest.outcome(100, 0.8, 15));
    assertThat(new ObjectMapper().readTree(file.toFile()).at("/steps")).hasSize(2);
  }
}
