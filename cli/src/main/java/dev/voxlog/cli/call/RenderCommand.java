package dev.voxlog.cli.call;

import dev.voxlog.audio.Wav;
import dev.voxlog.cli.settings.UserError;
import dev.voxlog.models.ModelStore;
import dev.voxlog.tts.piper.SpeechRenderer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Speaks scripts into audio files, for `call` to play.
@Command(
    name = "render",
    mixinStandardHelpOptions = true,
    description =
        "Speak scripts such as demo/acceptance/*.yaml into µ-law files with noise, one folder for each script.")
public final class RenderCommand implements Callable<Integer> {
  private static final int RATE = 8_000;
  private static final long SEED = 20_261_125L;
  private static final int CLICK_SAMPLES = 960; // 120 ms
  private static final String FIXTURES = "/dev/voxlog/testkit/speech/";

  @Parameters(arity = "1..*", paramLabel = "SCRIPT", description = "Script files.")
  private List<Path> scripts = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the folders go.")
  private Path out = Path.of(".");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private interface Speaker {
    float[] say(String text);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter print = spec.commandLine().getOut();
    List<Script> read = scripts.stream().map(ScriptReader::read).toList();
    try (SpeechRenderer renderer =
        SpeechRenderer.load(ModelStore.fromEnvironment(), line -> print.println(line))) {
      for (int i = 0; i < read.size(); i++) {
        Script script = read.get(i);
        Path folder = out.resolve(Sound.stem(scripts.get(i)));
        int files =
            render(script, folder, text -> renderer.render(text, script.speaker(), 1, RATE));
        print.printf(
            "%s: %d files, speaker %d, noise %.0f dB below the speech%n",
            folder, files, script.speaker(), script.noise());
        print.flush();
      }
    }
    return 0;
  }

  private static int render(Script script, Path folder, Speaker speaker) throws IOException {
    Map<String, LineNoise> files = new TreeMap<>();
    for (Script.Line line : script.lines()) {
      files.put(line.file() + ".wav", spoken(line.file(), line.say(), script, speaker));
      if (line.again() != null) {
        files.put(
            line.file() + ".again.wav",
            spoken(line.file() + ".again", line.again(), script, speaker));
      }
      if (line.interruption() != null) {
        files.put(
            line.file() + ".interrupt.wav",
            LineNoise.without(recorded(line.interruption().sound())));
      }
    }
    write(Files.createDirectories(folder), files);
    Map<String, LineNoise> answers = new TreeMap<>();
    script
        .replies()
        .forEach((name, text) ->
            answers.put(name + ".wav", spoken("reply." + name, text, script, speaker)));
    if (!answers.isEmpty()) {
      write(Files.createDirectories(folder.resolve("reply")), answers);
    }
    return files.size() + answers.size();
  }

  private static LineNoise spoken(String name, String text, Script script, Speaker speaker) {
    return LineNoise.over(speaker.say(text), script.noise(), SEED + name.hashCode());
  }

  private static void write(Path folder, Map<String, LineNoise> files) throws IOException {
    List<String> list = new ArrayList<>();
    for (Map.Entry<String, LineNoise> file : files.entrySet()) {
      MulawFile.write(folder.resolve(file.getKey()), file.getValue().mulaw());
      list.add(file.getValue().edges().listing(file.getKey()));
    }
    Files.write(folder.resolve(SpeechEdges.LIST), list);
  }

  /// One of the test kit's recordings at 8 kHz, or the click.
  private static float[] recorded(String name) throws IOException {
    if (name.equals("click")) {
      return click();
    }
    try (InputStream in = RenderCommand.class.getResourceAsStream(FIXTURES + name + ".wav")) {
      if (in == null) {
        throw new UserError(
            "there is no recording '" + name + "' in the test kit, and it is not click");
      }
      return Wav.parse(in.readAllBytes()).monoAt(RATE);
    }
  }

  /// 120 ms of loud noise, as of a receiver that is put down.
  static float[] click() {
    Random random = new Random(SEED);
    float[] click = new float[CLICK_SAMPLES];
    for (int i = 0; i < click.length; i++) {
      click[i] = (float) Math.clamp(random.nextGaussian() * 0.2, -1.0, 1.0);
    }
    return click;
  }
}
