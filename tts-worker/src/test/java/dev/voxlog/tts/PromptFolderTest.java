package dev.voxlog.tts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prompts that outlive the process.
class PromptFolderTest {
  @TempDir private Path folder;

  private ClauseVoice prerendered(String name) {
    ClauseVoice voice = new ClauseVoice(name, 200);
    TtsWorker worker =
        new TtsWorker(TtsConfig.DEFAULT, _ -> List.of(voice), folder.resolve("prompts"));
    worker.prerender(TtsLab.agent()).join();
    return voice;
  }

  @Test
  void aSecondStartSaysNothingAgain() {
    assertThat(prerendered("one").said).isNotEmpty();

    assertThat(prerendered("one").said).isEmpty();
  }

  @Test
  void whatIsKeptSoundsAsItDidWithTheSameWordTimes() {
    VoiceCache cache = new VoiceCache(1 << 20);
    ClauseSpeaker speaker = new ClauseSpeaker(new ClauseVoice("one", 200), cache);
    PromptFolder prompts = new PromptFolder(folder);
    var clause = speaker.clauses("How can I help you today?").getFirst();

    Spoken first = speaker.prompt(clause, 8_000, new StopSignal(), prompts);
    Spoken kept = prompts.find(speaker.traits().id(), clause, 8_000).orElseThrow();

    assertThat(kept.samples()).isEqualTo(first.samples());
    assertThat(kept.words()).isEqualTo(first.words());
  }

  @Test
  void anotherVoiceIsRenderedAnew() {
    prerendered("one");

    assertThat(prerendered("other").said).isNotEmpty();
  }

  @Test
  void damagedFilesAreRenderedAnew() throws IOException {
    prerendered("one");
    try (Stream<Path> files = Files.list(folder.resolve("prompts"))) {
      for (Path file : files.toList()) {
        Files.write(file, new byte[] {0, 0, 0, 7, 1});
      }
    }

    assertThat(prerendered("one").said).isNotEmpty();
    assertThat(prerendered("one").said).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenCostsNothingButTime() throws IOException {
    Files.writeString(folder.resolve("prompts"), "a file where the folder should be");

    assertThat(prerendered("one").said).isNotEmpty();
  }
}
