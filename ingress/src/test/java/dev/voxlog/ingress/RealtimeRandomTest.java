package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.media.ClientEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a client asks and egress tells, in whatever order: what the client sees holds together.
class RealtimeRandomTest {
  private final RealtimeLab lab = new RealtimeLab();

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverHappensWhatTheClientSeesHoldsTogether(long seed) {
    Random random = new Random(seed);
    lab.stream.open();
    lab.client("'type':'session.update','session':{'type':'realtime'}");
    lab.attach();
    lab.play("1.0.0", 300);
    int turn = 1;
    for (int step = 0; step < 150; step++) {
      turn += random.nextInt(12) == 0 ? 1 : 0;
      step(random, turn);
    }
    lab.tell(new ClientEvent.TurnOver(turn + 1, false, "", 0, 0));
    lab.pass(60_000);
    List<JsonNode> events = lab.events();

    assertThat(lab.closed).isEmpty();
    assertThat(events).extracting(event -> event.path("event_id").asText()).doesNotHaveDuplicates();
    assertThat(ids(events, "response.done", "/response/id"))
        .isEqualTo(ids(events, "response.created", "/response/id"))
        .doesNotHaveDuplicates()
        .isNotEmpty();
    assertThat(ids(events, "conversation.item.added", "/item/id"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(ids(events, "conversation.item.done", "/item/id"));
    assertThat(lab.log.of(RealtimeLab.CALL, CallEvent.Mark.class))
        .hasSizeLessThanOrEqualTo(lab.played().size())
        .extracting(CallEvent.Mark::n)
        .doesNotHaveDuplicates();
    assertThat(lab.log.audio(RealtimeLab.CALL)).extracting(CallerAudio::mediaMs).isSorted();
  }

  private static List<String> ids(List<JsonNode> events, String type, String id) {
    List<String> ids = new ArrayList<>();
    for (JsonNode event : events) {
      if (event.path("type").asText().equals(type)) {
        ids.add(event.at(id).asText());
      }
    }
    return ids;
  }

  private void step(Random random, int turn) {
    int sentence = random.nextInt(3);
    int utterance = 1 + random.nextInt(turn + 1);
    switch (random.nextInt(17)) {
      case 0, 1 -> lab.append(1 + random.nextInt(80));
      case 2 -> lab.client("'type':'input_audio_buffer.commit'");
      case 3 -> lab.client("'type':'input_audio_buffer.clear'");
      case 4 -> lab.write("Hello.");
      case 5 -> lab.client("'type':'response.create'");
      case 6 -> lab.client("'type':'response.cancel'");
      case 7 ->
          lab.client(
              "'type':'conversation.item.truncate','content_index':0,'item_id':'item_s1_a"
                  + turn
                  + "','audio_end_ms':"
                  + random.nextInt(900));
      case 8 -> lab.tell(new ClientEvent.SpeechStarted(utterance, 10, random.nextInt(4) == 0));
      case 9 -> lab.tell(new ClientEvent.Interim(utterance, random.nextInt(5), "one two"));
      case 10 -> lab.tell(new ClientEvent.Final(utterance, "one two three"));
      case 11 -> lab.tell(new ClientEvent.SpeechEnded(utterance, 900, random.nextBoolean()));
      case 12 -> lab.tell(new ClientEvent.SentenceBegan(turn, sentence, "Sentence " + sentence));
      case 13 -> lab.play(turn + "." + sentence + ".0", 1 + random.nextInt(500));
      case 14 -> lab.clear();
      case 15 -> lab.tell(new ClientEvent.TurnOver(turn, random.nextBoolean(), "heard", 1, 1));
      default -> lab.pass(random.nextInt(1_500));
    }
  }
}
