package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.VoxEvent;
import dev.voxlog.schemas.media.ClientEvent;
import dev.voxlog.schemas.media.MediaFrame;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A program and an egress that talk with each other, round after round until it is told to end:
/// whatever else goes on, each hears all of the other, whole and in order. What was checked is
/// forgotten.
final class TalkingProgram implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long EPOCH = 1;
  private static final int PIECES = 20;
  private static final int PIECE_BYTES = 960;
  private static final List<String> ROUND =
      List.of(
          "input_audio_buffer.speech_started",
          "input_audio_buffer.speech_stopped",
          "input_audio_buffer.committed",
          "conversation.item.added",
          "conversation.item.done",
          "conversation.item.input_audio_transcription.delta",
          "conversation.item.input_audio_transcription.completed",
          "response.created",
          "response.output_item.added",
          "conversation.item.added",
          "response.content_part.added",
          "response.output_audio_transcript.delta",
          "response.output_audio.delta",
          "response.output_audio.delta",
          "response.output_audio.delta",
          "response.output_audio.delta",
          "response.output_audio.done",
          "response.output_audio_transcript.done",
          "response.content_part.done",
          "response.output_item.done",
          "conversation.item.done",
          "response.done");

  private final SplittableRandom random = new SplittableRandom(1);
  private final MemoryLog log;
  private final RealtimeSocket program;
  private final Playback egress;
  private final CallId call;
  private final CompletableFuture<Integer> rounds;
  private volatile boolean isLast;
  private long seq;
  private long sequence;

  /// Returns once the first round is over.
  TalkingProgram(IngressFixture node) {
    log = node.log;
    program = new RealtimeSocket(node.url("/v1/realtime"));
    await().atMost(PATIENCE).until(() -> program.hasSeen("session.created"));
    JsonNode session = program.events.getFirst().path("session");
    call = new CallId(session.at("/tracing/group_id").asText());
    program.send("'type':'session.update','session':{'type':'realtime'}");
    await().atMost(PATIENCE).until(() -> program.hasSeen("session.updated"));
    egress = new Playback(node.ingress.mediaPortAddress(), "");
    egress.send(new MediaFrame.Attach(call, EPOCH, ++seq));
    program.events.clear();
    round(1);
    rounds = CompletableFuture.supplyAsync(this::talk, task -> Thread.ofVirtual().start(task));
  }

  private int talk() {
    int round = 1;
    while (!isLast) {
      round(++round);
    }
    return round;
  }

  /// Whether what is written is of this call.
  boolean isItsOwn(VoxEvent event) {
    return call.equals(event.callId());
  }

  /// Ends the talk; gives how many rounds it had, all of them as they are to be.
  int end() throws InterruptedException, TimeoutException {
    isLast = true;
    try {
      return rounds.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("a round went wrong", e.getCause());
    }
  }

  private void round(int number) {
    byte[] spoken = noise(PIECES);
    append(spoken);
    String words = "Round " + number;
    tell(new ClientEvent.SpeechStarted(number, number));
    tell(new ClientEvent.Final(number, words));
    tell(new ClientEvent.SpeechEnded(number, number + 1, true));

    byte[] answer = noise(4 * 5);
    String sentence = "Answer " + number;
    tell(new ClientEvent.SentenceBegan(number, 0, sentence));
    for (int chunk = 0; chunk < 4; chunk++) {
      int length = answer.length / 4;
      AudioBytes audio =
          AudioBytes.wrap(Arrays.copyOfRange(answer, chunk * length, (chunk + 1) * length));
      egress.send(new MediaFrame.Audio(call, EPOCH, ++seq, number + ".0." + chunk, audio));
    }
    String mark = EPOCH + ".0/" + number + ".0.3";
    egress.send(new MediaFrame.Mark(call, EPOCH, ++seq, mark));
    await()
        .atMost(PATIENCE)
        .until(() -> egress.reports.contains(new MediaFrame.Played(call, 1, mark)));
    tell(new ClientEvent.TurnOver(number, false, sentence, 0, 0));
    await().atMost(PATIENCE).until(() -> program.hasSeen("response.done"));

    theProgramWasTold(words, sentence, answer);
    theLogHas(spoken);
    program.events.clear();
    egress.reports.clear();
    log.records.removeIf(this::isItsOwn);
  }

  private byte[] noise(int pieces) {
    byte[] bytes = new byte[pieces * PIECE_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  private void append(byte[] spoken) {
    for (int from = 0; from < spoken.length; from += PIECE_BYTES) {
      byte[] piece = Arrays.copyOfRange(spoken, from, from + PIECE_BYTES);
      String audio = Base64.getEncoder().encodeToString(piece);
      program.send("'type':'input_audio_buffer.append','audio':'" + audio + "'");
    }
  }

  private void tell(ClientEvent event) {
    egress.send(new MediaFrame.Tell(call, EPOCH, ++seq, event));
  }

  private void theProgramWasTold(String words, String sentence, byte[] answer) {
    assertThat(program.events).extracting(RealtimeSocket::type).isEqualTo(ROUND);
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    for (JsonNode event : program.events) {
      switch (RealtimeSocket.type(event)) {
        case "conversation.item.input_audio_transcription.completed" ->
            assertThat(event.path("transcript").asText()).isEqualTo(words);
        case "response.output_audio.delta" ->
            heard.writeBytes(Base64.getDecoder().decode(event.path("delta").asText()));
        case "response.done" -> {
          assertThat(event.at("/response/status").asText()).isEqualTo("completed");
          assertThat(event.at("/response/output/0/content/0/transcript").asText())
              .isEqualTo(sentence);
        }
        default -> {}
      }
    }
    assertThat(heard.toByteArray()).isEqualTo(answer);
  }

  private void theLogHas(byte[] spoken) {
    await().atMost(PATIENCE).until(() -> written().length >= spoken.length);
    assertThat(written()).isEqualTo(spoken);
    for (CallerAudio audio : log.audio(call)) {
      assertThat(audio.sequence()).isEqualTo(sequence++);
    }
    assertThat(log.audio(call)).extracting(CallerAudio::mediaMs).isSorted();
    assertThat(log.of(call, CallEvent.Mark.class)).hasSize(1);
    assertThat(log.of(call, CallEvent.Error.class)).isEmpty();
  }

  private byte[] written() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    log.of(call, CallerAudio.Frame.class)
        .forEach(frame -> written.writeBytes(frame.audio().array()));
    return written.toByteArray();
  }

  @Override
  public void close() {
    isLast = true;
    egress.close();
    program.close();
  }
}
