package dev.voxlog.cli.call;

import dev.voxlog.cli.SettingOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `call` can be told.
final class CallOptions {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "WAV or FLAC files to say, in this order; FILE.again.wav and FILE.interrupt.wav are left out here and used with FILE.")
  List<Path> files = List.of();

  @Option(
      names = "--reply",
      split = ",",
      paramLabel = "YES,NO",
      description = "Two files that answer read-backs: yes, and no.")
  List<Path> replies = List.of();

  @Option(
      names = "--expect",
      paramLabel = "FILE",
      description =
          "A script such as demo/acceptance/speaker-300.yaml: judge intent, tool and arguments.")
  @Nullable Path expect;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Call this voice webhook (http) or media stream (ws) instead of the Voxlog that runs here; without --config, wire times only.")
  @Nullable URI url;

  @Option(
      names = "--from",
      defaultValue = "+15550100199",
      paramLabel = "NUMBER",
      description = "The caller's number (${DEFAULT-VALUE}).")
  String from = "";

  @Option(
      names = "--to",
      defaultValue = "+15550100100",
      paramLabel = "NUMBER",
      description = "The number called (${DEFAULT-VALUE}).")
  String to = "";

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      description = "Which agent should answer, if not the default one.")
  @Nullable String agent;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description =
          "Where the agent reckons what `tomorrow` is, by its file's timeZone (default: as this machine).")
  @Nullable ZoneId zone;

  @Option(
      names = "--interrupt",
      split = ",",
      paramLabel = "FILES",
      description = "Say the n-th of these while the agent answers the n-th FILE.")
  List<Path> interrupts = List.of();

  @Option(
      names = "--interrupt-after",
      defaultValue = "1.5s",
      paramLabel = "TIME",
      description = "How long the agent is heard before it is interrupted (${DEFAULT-VALUE}).")
  String interruptAfter = "";

  @Option(
      names = "--noise-floor",
      paramLabel = "DBFS",
      description = "Background noise on the caller's line all the time, such as -50.")
  @Nullable Double noiseFloor;

  @Option(
      names = "--check-speech",
      description =
          "Recognise the agent's side with Voxlog's own recogniser and count the word errors.")
  boolean checksSpeech;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Save the call as stereo WAV: left the caller, right what the caller's ear heard.")
  @Nullable Path out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder of the voxlog run to call (default: .voxlog).")
  @Nullable Path data;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  SettingOptions settings;
}
