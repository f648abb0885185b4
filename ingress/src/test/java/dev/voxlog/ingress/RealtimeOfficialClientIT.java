package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.voxlog.ingress.IngressConfig.Realtime;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.media.ClientEvent;
import dev.voxlog.schemas.media.MediaFrame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The official `openai` package talks to a node over TLS, unchanged, and understands all it is
/// sent: two spoken turns, an interruption, a text.
@Timeout(300)
class RealtimeOfficialClientIT {
  private static final String[] PACKAGES = {"openai@6.49.0", "ws@8.23.0", "typescript@7.0.2"};
  private static final String SCRIPT = "realtime-client.mjs";
  private static final String TOKEN = "a-token-that-is-long-enough";
  private static final long EPOCH = 7;

  @TempDir Path folder;

  private long seq;

  @Test
  void theOfficialClientTalksInterruptsAndTypesAndEveryEventIsOfItsOwnTypes() throws Exception {
    assumeTrue(isThere("node") && isThere("npm"), "Node.js and npm are not on this machine");
    List<String> install =
        new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", "."));
    install.addAll(List.of(PACKAGES));
    run(folder, install);
    TestCertificate certificate = TestCertificate.in(folder);
    try (InputStream script = Objects.requireNonNull(getClass().getResourceAsStream(SCRIPT));
        IngressFixture node =
            new IngressFixture(c ->
                c.with(c.web().with(new Realtime(List.of(TOKEN), List.of(), 1 << 20)))
                    .with(certificate.asTls()))) {
      Files.copy(script, folder.resolve(SCRIPT));
      String url = "https://localhost:" + node.ingress.port() + "/v1";
      CompletableFuture<String> client =
          CompletableFuture.supplyAsync(() -> talk(url, certificate.cert()));
      try (Playback egress = attached(node)) {
        answer(node, egress);
      }
      JsonNode seen = new ObjectMapper().readTree(client.get(60, TimeUnit.SECONDS));

      assertThat(faults(seen)).containsExactly("unsupported_value session.instructions");
      assertThat(statuses(seen))
          .containsExactly(
              "completed",
              "completed",
              "cancelled turn_detected",
              "completed",
              "cancelled client_cancelled");
      assertThat(transcripts(seen))
          .containsExactly("Where is my order?", "And the other one?", "Wait.");
      run(
          folder,
          List.of(
              "npx",
              "tsc",
              "--strict",
              "--noEmit",
              "--module",
              "nodenext",
              "--target",
              "es2022",
              "--skipLibCheck",
              "received.ts"));
      assertThat(call(node).map(id -> node.log.of(id, CallEvent.Detached.class)).orElseThrow())
          .singleElement()
          .satisfies(detached -> assertThat(detached.isHangUp()).isTrue());
    }
  }

  // Egress, as far as a client sees it.

  private void answer(IngressFixture node, Playback egress) {
    CallId call = call(node).orElseThrow();
    say(egress, call, 1, "Hello, how can I help?", 300);
    over(egress, call, 1, "Hello, how can I help?", 0);

    await().until(() -> heardMs(node, call) >= 500);
    speech(egress, call, 1, "Where is my order?");
    say(egress, call, 2, "It is on its way.", 300);
    over(egress, call, 2, "It is on its way.", 12);

    await().until(() -> heardMs(node, call) >= 1_100);
    speech(egress, call, 2, "And the other one?");
    say(egress, call, 3, "That one is a long story.", 3_000);
    await().until(() -> heardMs(node, call) >= 1_500);
    tell(egress, call, new ClientEvent.SpeechStarted(3, 1_300));
    egress.send(new MediaFrame.Clear(call, EPOCH, ++seq));
    egress.send(new MediaFrame.Mark(call, EPOCH, ++seq, "cleared-7"));
    await().until(() -> !egress.reports(MediaFrame.Truncated.class).isEmpty());
    assertThat(egress.reports(MediaFrame.Truncated.class))
        .containsExactly(new MediaFrame.Truncated(call, 1, "3.0.0", 250));
    tell(egress, call, new ClientEvent.TurnOver(3, true, "That one", 0, 0));
    tell(egress, call, new ClientEvent.Final(3, "Wait."));
    tell(egress, call, new ClientEvent.SpeechEnded(3, 1_600, true));
    say(egress, call, 4, "Yes?", 200);
    over(egress, call, 4, "Yes?", 0);

    await().until(() -> !node.log.of(call, CallEvent.Typed.class).isEmpty());
    tell(egress, call, new ClientEvent.SpeechStarted(4, 1_800, true));
    tell(egress, call, new ClientEvent.Final(4, "And by letter?"));
    tell(egress, call, new ClientEvent.SpeechEnded(4, 1_800, true));
    say(egress, call, 5, "By letter it takes longer.", 3_000);
    await().until(() -> !node.log.of(call, CallEvent.Cancel.class).isEmpty());
    egress.send(new MediaFrame.Clear(call, EPOCH, ++seq));
    egress.send(new MediaFrame.Mark(call, EPOCH, ++seq, "cleared-7"));
    tell(egress, call, new ClientEvent.TurnOver(5, true, "By letter", 9, 4));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !node.log.of(call, CallEvent.Detached.class).isEmpty());
  }

  private void tell(Playback egress, CallId call, ClientEvent event) {
    egress.send(new MediaFrame.Tell(call, EPOCH, ++seq, event));
  }

  private void speech(Playback egress, CallId call, int utterance, String words) {
    tell(egress, call, new ClientEvent.SpeechStarted(utterance, utterance * 600L - 500));
    String begun = words.substring(0, words.indexOf(' '));
    tell(egress, call, new ClientEvent.Interim(utterance, 0, begun + " it"));
    tell(egress, call, new ClientEvent.Interim(utterance, 1, begun));
    tell(egress, call, new ClientEvent.Final(utterance, words));
    tell(egress, call, new ClientEvent.SpeechEnded(utterance, utterance * 600L - 100, true));
  }

  private void say(Playback egress, CallId call, int turn, String text, int ms) {
    tell(egress, call, new ClientEvent.SentenceBegan(turn, 0, text));
    AudioBytes audio = AudioBytes.wrap(new byte[ms * 48]);
    egress.send(new MediaFrame.Audio(call, EPOCH, ++seq, turn + ".0.0", audio));
    egress.send(new MediaFrame.Mark(call, EPOCH, ++seq, "7.0/" + turn + ".0.0"));
  }

  /// Once the node says that it has been played.
  private void over(Playback egress, CallId call, int turn, String heard, long tokens) {
    MediaFrame played = new MediaFrame.Played(call, 1, "7.0/" + turn + ".0.0");
    await().until(() -> egress.reports.contains(played));
    tell(egress, call, new ClientEvent.TurnOver(turn, false, heard, tokens, tokens));
  }

  private Playback attached(IngressFixture node) {
    await().atMost(Duration.ofSeconds(60)).until(() -> call(node).isPresent());
    Playback egress = new Playback(node.ingress.mediaPortAddress(), "");
    egress.send(new MediaFrame.Attach(call(node).orElseThrow(), EPOCH, ++seq));
    return egress;
  }

  private static Optional<CallId> call(IngressFixture node) {
    return node.log.records.stream()
        .filter(CallEvent.Attached.class::isInstance)
        .map(record -> Objects.requireNonNull(record.callId()))
        .findFirst();
  }

  private static long heardMs(IngressFixture node, CallId call) {
    return node.log.of(call, CallerAudio.Frame.class).stream()
        .mapToLong(frame -> frame.codec().millis(frame.audio().length()))
        .sum();
  }

  // What the client saw.

  private static List<String> statuses(JsonNode received) {
    List<String> statuses = new ArrayList<>();
    for (JsonNode event : received) {
      if (event.path("type").asText().equals("response.done")) {
        String reason = event.at("/response/status_details/reason").asText("");
        statuses.add((event.at("/response/status").asText() + " " + reason).strip());
      }
    }
    return statuses;
  }

  private static List<String> faults(JsonNode received) {
    List<String> faults = new ArrayList<>();
    for (JsonNode event : received) {
      if (event.path("type").asText().equals("error")) {
        faults.add(event.at("/error/code").asText() + " " + event.at("/error/param").asText());
      }
    }
    return faults;
  }

  private static List<String> transcripts(JsonNode received) {
    TreeMap<String, String> transcripts = new TreeMap<>();
    for (JsonNode event : received) {
      if (event.path("type").asText().endsWith("input_audio_transcription.completed")) {
        transcripts.put(event.path("item_id").asText(), event.path("transcript").asText());
      }
    }
    return List.copyOf(transcripts.values());
  }

  // Node.js.

  private String talk(String url, Path certificate) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder("node", SCRIPT, url, TOKEN)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("NODE_EXTRA_CA_CERTS", certificate.toString());
      return finish(builder.start());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isThere(String program) {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void run(Path folder, List<String> command) throws Exception {
    finish(
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  private static String finish(Process process) throws IOException, InterruptedException {
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }
}
