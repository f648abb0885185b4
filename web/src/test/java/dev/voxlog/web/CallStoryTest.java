package dev.voxlog.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.analytics.LogRecord;
import dev.voxlog.schemas.CallEvent.Outcome;
import dev.voxlog.schemas.CallEvent.Ruling;
import dev.voxlog.schemas.Entity;
import dev.voxlog.schemas.TranscriptEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallStoryTest {
  private final CallStory story = new CallStory();

  private List<News> told(TestCall call) {
    List<News> told = new ArrayList<>();
    call.records().forEach(record -> told.addAll(story.take(record)));
    return told;
  }

  private static List<String> names(List<News> news) {
    return news.stream().map(News::name).toList();
  }

  private static List<String> data(List<News> news, String name) {
    return news.stream()
        .filter(each -> each.name().equals(name))
        .map(each -> each.data().toString())
        .toList();
  }

  @Test
  void aCallIsToldAsItGoes() {
    List<News> told = told(TestCall.whole("c1"));

    assertThat(names(told))
        .containsExactly(
            "started",
            "attached",
            "sentence",
            "turnEnded",
            "playing",
            "waterfall",
            "final",
            "understood",
            "verdict",
            "sentence",
            "turnEnded",
            "playing",
            "waterfall",
            "heard",
            "ended");
    assertThat(told.getFirst().data())
        .hasToString(
            "{\"at\":\"2026-11-25T10:00:00.000Z\",\"carrier\":\"realtime\",\"agent\":\"acme\"}");
    assertThat(data(told, "final"))
        .containsExactly(
            "{\"at\":\"2026-11-25T10:00:02.000Z\",\"mediaMs\":1980,\"utterance\":1,\"text\":\"where is my order\",\"typed\":false}");
    assertThat(data(told, "heard"))
        .containsExactly(
            "{\"at\":\"2026-11-25T10:00:03.000Z\",\"turn\":2,\"sentence\":0,\"text\":\"It has shipped.\",\"whole\":true,\"evidence\":\"estimated\"}");
    assertThat(data(told, "turnEnded").getLast())
        .endsWith(
            "\"turn\":2,\"utterances\":[1],\"intent\":\"order_status\",\"route\":\"flow\",\"next\":\"listen\"}");
    assertThat(data(told, "ended").getFirst()).endsWith("\"reason\":\"hung-up\"}");
    assertThat(story.turns()).isEqualTo(2);
  }

  @Test
  void aTurnsTimeIsToldOnceItsAnswerIsOnTheLineAndAgainOnlyIfItChanges() {
    List<News> told = told(TestCall.whole("c1"));

    assertThat(data(told, "waterfall")).hasSize(2);
    assertThat(told.get(12).data())
        .hasToString(
            "{\"at\":\"2026-11-25T10:00:02.070Z\",\"turn\":2,\"parts\":[{\"name\":\"endpointing\",\"ms\":300.0},{\"name\":\"stt\",\"ms\":19.0},{\"name\":\"nlu\",\"ms\":10.0},{\"name\":\"dialogue\",\"ms\":20.0},{\"name\":\"tts\",\"ms\":30.0},{\"name\":\"playback\",\"ms\":10.0}],\"totalMs\":389.0}");
  }

  @Test
  void theLatePartOfAWaterfallIsToldAfterwards() {
    TestCall call = TestCall.whole("c1");
    List<LogRecord<?>> records = new ArrayList<>(call.records());
    LogRecord<?> chunk = records.remove(11);
    records.add(chunk);

    List<News> told = new ArrayList<>();
    records.forEach(record -> told.addAll(story.take(record)));

    assertThat(names(told).getLast()).isEqualTo("waterfall");
    assertThat(told.getLast().data().path("parts").findValuesAsText("name")).contains("tts");
  }

  @Test
  void whatWasWrittenTwiceIsToldOnce() {
    TestCall call = TestCall.whole("c1");
    int once = told(call).size();

    assertThat(once).isEqualTo(15);
    assertThat(told(call)).isEmpty();
  }

  @Test
  void interimWordsSayWhichOfThemAreStable() {
    List<News> told = told(new TestCall("c1").interim(1, 0, "where is my", 2, 700));

    assertThat(data(told, "interim").getFirst())
        .endsWith("\"utterance\":1,\"text\":\"where is my\",\"stable\":\"where is\"}");
  }

  @Test
  void slotsAndToolsComeAsTheyAre() {
    List<News> told =
        told(
            new TestCall("c1")
                .understood(
                    1, "order_status", 10, new Entity("orderId", "12345", "one two", 0, 7, 0.8))
                .tool(2, "{\"id\":\"12345\"}", Outcome.NOT_FOUND, "no json", 20, 180));

    assertThat(data(told, "understood").getFirst())
        .contains(
            "\"slots\":[{\"name\":\"orderId\",\"value\":\"12345\",\"confidence\":0.8}],\"sentiment\":\"neutral\",\"language\":\"en\",\"final\":true");
    assertThat(data(told, "tool").getFirst())
        .endsWith(
            "\"tool\":\"getOrder\",\"arguments\":{\"id\":\"12345\"},\"state\":\"requested\"}");
    assertThat(data(told, "tool").getLast())
        .endsWith("\"state\":\"notFound\",\"result\":\"no json\",\"tookMs\":160}");
  }

  @Test
  void aTurnWhoseUtterancesALaterOneAnswersIsSuperseded() {
    List<News> told =
        told(
            new TestCall("c1")
                .sentence(2, 0, "It has shipped.", 10, 1)
                .sentence(3, 0, "It has shipped, and the other one too.", 20, 1, 2)
                .turnEnded(3, 1, "order_status", 30, 1, 2)
                .sentence(4, 0, "Anything else?", 40, 3));

    assertThat(data(told, "superseded"))
        .singleElement()
        .satisfies(data -> assertThat(data).endsWith("\"turn\":2}"));
    assertThat(story.turns()).isEqualTo(2);
  }

  @Test
  void whichKeyWasPressedIsNotTold() {
    List<News> told = told(new TestCall("c1").key(1, 0, "7", 10));

    assertThat(names(told)).containsExactly("key");
    assertThat(told.getFirst().data().fieldNames()).toIterable().containsExactly("at", "mediaMs");
  }

  @Test
  void aLineThatComesBackTellsTheGapAndWhatTheOldOneStillSaysIsVoid() {
    List<News> told =
        told(
            new TestCall("c1")
                .attached(1, 0, 1)
                .detached(1, 5_000, 5_010)
                .attached(2, 6_000, 6_500)
                .detached(1, 7_000, 7_000)
                .key(1, 0, "1", 7_100));

    assertThat(names(told)).containsExactly("attached", "detached", "gap", "attached");
    assertThat(data(told, "gap").getFirst()).endsWith("\"fromMs\":5000,\"toMs\":6000}");
  }

  @Test
  void verdictsTellTheLastWord() {
    List<News> told =
        told(
            new TestCall("c1")
                .ruled(1, 0, Ruling.RESUMED, 2, 10)
                .ruled(1, 1, Ruling.INTERRUPTED, 2, 20));

    assertThat(data(told, "verdict").getLast())
        .endsWith("\"utterance\":1,\"ruling\":\"interrupted\",\"turn\":2}");
  }

  @Test
  void whatIsBookkeepingTellsNothing() {
    TestCall call = new TestCall("c1");
    call.add(new TranscriptEvent.SpeechEnded(call.id, TestCall.at(1), 1, true, 1, 1));
    call.add(new TranscriptEvent.SpeechStarted(call.id, TestCall.at(1), 2, 1, 201));
    call.chunk(1, 0, 0, 5);

    assertThat(told(call)).isEmpty();
  }

  @Test
  void aLongCallsTurnsAreStillTimed() {
    TestCall call = new TestCall("c1").started().attached(1, 0, 0);
    for (int turn = 1; turn <= 400; turn++) {
      long ms = turn * 1_000L;
      call.said(turn, "yes", ms)
          .understood(turn, "yes", ms + 1)
          .sentence(turn, 0, "Good.", ms + 2, turn)
          .turnEnded(turn, 1, "yes", ms + 3, turn)
          .chunk(turn, 0, 0, ms + 4)
          .playing(turn, 0, ms + 5);
    }
    List<News> told = told(call);

    assertThat(data(told, "waterfall"))
        .hasSize(400)
        .allMatch(data -> data.contains("totalMs\":325"));
  }
}
