package dev.voxlog.cli.call;

import dev.voxlog.agent.Durations;
import dev.voxlog.analytics.Turn;
import dev.voxlog.cli.JsonOption;
import dev.voxlog.cli.RunningFile;
import dev.voxlog.cli.call.SpokenLine.Interjection;
import dev.voxlog.cli.call.SpokenLine.Part;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.cli.settings.Settings;
import dev.voxlog.cli.settings.UserError;
import dev.voxlog.ingress.twilio.TwilioWire;
import dev.voxlog.models.ModelStore;
import dev.voxlog.models.Models;
import dev.voxlog.models.Progress;
import dev.voxlog.runtime.SerdeLogCodec;
import dev.voxlog.schemas.CallId;
import dev.voxlog.stt.moonshine.MoonshineRecognizer;
import dev.voxlog.testkit.twilio.CallPlan;
import dev.voxlog.testkit.twilio.CallRecording;
import dev.voxlog.testkit.twilio.Ending;
import dev.voxlog.testkit.twilio.Switchboard;
import dev.voxlog.testkit.twilio.TwilioCaller;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Calls an agent, says files, and shows what came of it.
@Command(
    name = "call",
    mixinStandardHelpOptions = true,
    subcommands = RenderCommand.class,
    description =
        "Call an agent over the carrier's wire: play files in real time, show words, answers and where the time went.")
public final class CallCommand implements Callable<Integer> {
  private static final Duration CONNECTING = Duration.ofSeconds(20);
  private static final Duration ENDING = Duration.ofSeconds(5);

  @Mixin private CallOptions options = new CallOptions();
  @Mixin private JsonOption json = new JsonOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Script script = options.expect == null ? null : ScriptReader.read(options.expect);
    List<Part> parts = parts(script);
    Map<String, Sound> replies = replies();
    Settings settings = settings();
    CallPlan plan = plan(settings);
    if (settings == null) {
      return run(new Dialled(plan, null), RecordSource.NONE, parts, replies);
    }
    Dialled dialled = new Dialled(plan, certificate(settings));
    CallId id = new TwilioWire().callId(plan.identity().callSid());
    Cluster cluster = new Cluster(settings);
    try (SerdeLogCodec codec = cluster.codec();
        CallLog log = open(cluster, codec, id)) {
      return run(dialled, log, parts, replies);
    }
  }

  private static CallLog open(Cluster cluster, SerdeLogCodec codec, CallId id) {
    try {
      return CallLog.open(cluster.kafka(), codec, id);
    } catch (KafkaException e) {
      throw new UserError(
          "the log at "
              + cluster.bootstrapServers()
              + " cannot be read ("
              + e.getMessage()
              + "); is Voxlog running? Start it with: ./voxlog run");
    }
  }

  // What to say, and to whom.

  private List<Part> parts(@Nullable Script script) {
    List<Path> files = options.files.stream().filter(Sound::isLine).toList();
    if (files.isEmpty()) {
      throw new UserError(
          "no FILE to say; name WAV or FLAC files, or make some with: voxlog call render demo/acceptance/speaker-300.yaml --out DIR");
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      Script.Line line = script == null ? null : script.line(Sound.stem(file)).orElse(null);
      if (script != null && line == null) {
        throw new UserError(
            options.expect
                + " expects nothing of "
                + file
                + "; its lines are "
                + script.lines().stream().map(Script.Line::file).toList());
      }
      parts.add(
          new Part(
              Sound.read(file),
              Sound.beside(file, "again").orElse(null),
              interjection(i, file, line),
              line));
    }
    return parts;
  }

  private @Nullable Interjection interjection(int at, Path file, Script.@Nullable Line line) {
    if (at < options.interrupts.size()) {
      Duration after =
          Durations.parse(options.interruptAfter)
              .orElseThrow(() ->
                  new UserError(
                      "--interrupt-after "
                          + options.interruptAfter
                          + " is no duration; write 1.5s or 1500ms"));
      return new Interjection(Sound.read(options.interrupts.get(at)), after, null);
    }
    Script.Interruption written = line == null ? null : line.interruption();
    if (written == null) {
      return null;
    }
    Sound sound =
        Sound.beside(file, "interrupt")
            .orElseThrow(() ->
                new UserError(
                    "beside " + file + " there is no " + Sound.stem(file) + ".interrupt.wav"));
    return new Interjection(sound, written.after(), written.ends());
  }

  private Map<String, Sound> replies() {
    if (options.replies.size() != 0 && options.replies.size() != 2) {
      throw new UserError("--reply needs two files, the yes and the no: --reply yes.wav,no.wav");
    }
    Map<String, Sound> replies = new HashMap<>();
    for (int i = 0; i < options.replies.size(); i++) {
      replies.put(i == 0 ? "yes" : "no", Sound.read(options.replies.get(i)));
    }
    return replies;
  }

  /// Null when a foreign agent is called, whose log is not ours to read.
  private @Nullable Settings settings() {
    if (!options.settings.hasFile() && options.url != null) {
      return null;
    }
    Path home = Path.of(System.getProperty("voxlog.home", ""));
    Path running = RunningFile.in(options.data == null ? home.resolve(".voxlog") : options.data);
    if (!options.settings.hasFile() && !Files.exists(running)) {
      throw new UserError(
          "no Voxlog runs here (there is no "
              + running
              + "); start one with ./voxlog run, or give --config or --url");
    }
    return options.settings.readOr(running);
  }

  private CallPlan plan(@Nullable Settings settings) {
    URI url = options.url != null ? options.url : webhook(settings);
    CallPlan fresh =
        CallPlan.to(options.agent == null || isStream(url) ? url : asking(url, options.agent));
    CallPlan.Identity identity = fresh.identity();
    CallPlan plan =
        fresh.with(
            new CallPlan.Identity(
                identity.callSid(), identity.accountSid(), options.from, options.to));
    if (isStream(url)) {
      Map<String, String> parameters =
          new HashMap<>(Map.of("from", options.from, "to", options.to));
      if (options.agent != null) {
        parameters.put("agent", options.agent);
      }
      plan = plan.withParameters(parameters);
    }
    if (options.noiseFloor != null) {
      plan = plan.with(new CallPlan.Line(Duration.ZERO, Duration.ZERO, options.noiseFloor));
    }
    String token = settings == null ? null : settings.optional("ingress.authToken");
    return token == null ? plan : plan.withAuthToken(token);
  }

  private static URI webhook(@Nullable Settings settings) {
    if (settings == null) {
      throw new UserError("--url is missing: name a voice webhook or a media stream");
    }
    return URI.create(
        (certificate(settings) == null ? "http://" : "https://")
            + settings.text("ingress.host")
            + ":"
            + settings.text("ingress.port")
            + "/twilio/voice");
  }

  /// Of the Voxlog that runs here.
  private static @Nullable Path certificate(Settings settings) {
    return settings.isSet("ingress.tls.cert") ? settings.path("ingress.tls.cert") : null;
  }

  private static boolean isStream(URI url) {
    return String.valueOf(url.getScheme()).startsWith("ws");
  }

  private static URI asking(URI url, String agent) {
    return URI.create(
        url
            + (url.getQuery() == null ? "?" : "&")
            + "agent="
            + URLEncoder.encode(agent, StandardCharsets.UTF_8));
  }

  // The call.

  /// What is dialled, and the certificate that is trusted there.
  private record Dialled(CallPlan plan, @Nullable Path certificate) {}

  private int run(Dialled dialled, RecordSource log, List<Part> parts, Map<String, Sound> replies)
      throws IOException {
    CallPlan plan = dialled.plan();
    PrintWriter out = spec.commandLine().getOut();
    CallReport report = new CallReport(out);
    ZoneId zone = options.zone == null ? ZoneId.systemDefault() : options.zone;
    Judge judge = new Judge(options.from, LocalDate.now(zone));
    out.printf(
        "Calling %s as %s, call %s%n", plan.target(), options.from, plan.identity().callSid());
    out.flush();
    try (Switchboard switchboard = new Switchboard(dialled.certificate())) {
      TwilioCaller caller = switchboard.call(plan);
      connected(caller, plan);
      List<SpokenLine> lines =
          new CallerScript(caller, log, replies, judge)
              .say(
                  parts,
                  () -> report.greeting(new CallFacts(log.records()).turns()),
                  line ->
                      report.line(
                          evaluation(log, now(caller), judge).of(line, Double.POSITIVE_INFINITY)));
      CallRecording recording = hungUp(caller, log);
      return finish(lines, recording, log, judge, report);
    }
  }

  private static CallRecording now(TwilioCaller caller) {
    return caller.ended().isDone() ? caller.ended().join() : caller.recording().join();
  }

  private static void connected(TwilioCaller caller, CallPlan plan) {
    try {
      caller.connected().orTimeout(CONNECTING.toSeconds(), TimeUnit.SECONDS).join();
    } catch (RuntimeException e) {
      String why =
          caller.ended().isDone()
                  && caller.ended().join().ending() instanceof Ending.Failed(String reason)
              ? reason
              : String.valueOf(e.getCause());
      throw new UserError(plan.target() + " does not take the call: " + why);
    }
  }

  /// Hangs up if nobody has, and gives the log a moment to say that the call is over.
  private static CallRecording hungUp(TwilioCaller caller, RecordSource log) {
    CallRecording recording =
        caller.hangUp().orTimeout(ENDING.toSeconds(), TimeUnit.SECONDS).join();
    long deadline = System.nanoTime() + ENDING.toNanos();
    while (log.isReadable()
        && new CallFacts(log.records()).ended().isEmpty()
        && System.nanoTime() < deadline) {
      java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
    }
    return recording;
  }

  private static Evaluation evaluation(RecordSource log, CallRecording recording, Judge judge) {
    return new Evaluation(new CallFacts(log.records()), recording, log.isReadable() ? judge : null);
  }

  private int finish(
      List<SpokenLine> lines,
      CallRecording recording,
      RecordSource log,
      Judge judge,
      CallReport report)
      throws IOException {
    Evaluation evaluation = evaluation(log, recording, judge);
    List<LineResult> results = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      results.add(evaluation.of(lines.get(i), begin(lines, i + 1)));
    }
    report.summary(results);
    SpeechCheck.Result speech =
        options.checksSpeech && log.isReadable() ? checked(recording, log) : null;
    save(recording, results, speech);
    boolean isRight = results.stream().allMatch(CallCommand::isRight);
    boolean isPaced = recording.pacing().maxLateMs() < 100;
    if (!isPaced) {
      spec.commandLine()
          .getErr()
          .printf(
              "This machine was too busy: the caller's line was up to %.0f ms late%n",
              recording.pacing().maxLateMs());
    }
    return isRight ? 0 : 1;
  }

  private static boolean isRight(LineResult result) {
    boolean isJudgedRight = result.judgement() == null || result.judgement().isRight();
    return isJudgedRight
        && (result.bargeIn() == null || !Boolean.FALSE.equals(result.bargeIn().isRight()));
  }

  private static double begin(List<SpokenLine> lines, int at) {
    return lines.stream()
        .skip(at)
        .flatMap(line -> line.items().stream())
        .mapToDouble(Item::startMs)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private void save(
      CallRecording recording, List<LineResult> results, SpeechCheck.@Nullable Result speech)
      throws IOException {
    String callSid = recording.identity().callSid();
    if (options.out != null) {
      Path file = Files.createDirectories(options.out).resolve(callSid + ".wav");
      recording.writeStereo(file);
      spec.commandLine().getOut().println("Saved " + file);
    }
    json.write(CallJson.of(callSid, recording.pacing().maxLateMs(), results, speech));
    spec.commandLine().getOut().flush();
  }

  /// The agent's side, recognised.
  private SpeechCheck.Result checked(CallRecording recording, RecordSource log) {
    ModelStore store = ModelStore.fromEnvironment();
    Progress progress = Progress.SILENT;
    try (MoonshineRecognizer recognizer =
        new MoonshineRecognizer(
            store.get(Models.MOONSHINE_ENCODER, progress),
            store.get(Models.MOONSHINE_DECODER, progress),
            store.get(Models.MOONSHINE_VOCABULARY, progress))) {
      List<Turn> turns = new CallFacts(log.records()).turns();
      SpeechCheck.Result result = new SpeechCheck(recognizer).check(recording.heard(), turns);
      PrintWriter out = spec.commandLine().getOut();
      out.printf("Agent's side, sent:       %s%n", result.sent());
      out.printf("Agent's side, recognised: %s%n", result.recognised());
      out.println(
          String.format(
              Locale.ROOT,
              "Agent's side: word error rate %.1f %% (%d errors, %d words)",
              result.errors().percent(),
              result.errors().errors(),
              result.errors().words()));
      return result;
    }
  }
}
