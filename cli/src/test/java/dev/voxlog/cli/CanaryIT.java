package dev.voxlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.voxlog.cli.chaos.TopicContent;
import dev.voxlog.cli.settings.Cluster;
import dev.voxlog.demo.Order;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.testcluster.OnCluster;
import dev.voxlog.testkit.chat.ChatScript;
import dev.voxlog.testkit.chat.ScriptedChat;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A call of unique words from a unique number, and a program's that says and types others, with
/// everything going wrong that quotes what it choked on: the words are in the topics of calls, a
/// program's on its own socket, and nowhere else.
@OnCluster
class CanaryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration QUICK_WORD = Duration.ofMillis(100);
  private static final String NUMBER = "+15557046193";
  private static final String ANSWERED = "vexquorlim taddlebrisk";
  private static final String ORDER = "where is order eight four zero two seven";

  /// No port, offset or time of a short test is as large.
  private static final String ORDER_ID = "84027";

  private static final String REFUSED = "can you tell me a joke about a grumthasp";
  private static final String BROKEN = "what will the weather be like in plinquard";
  private static final String ANSWER = "Zimbleforth is kind to roses.";
  private static final String SPOKEN = "flanquist orbledeen";
  private static final String TYPED = "mozzendrake";
  private static final String MALFORMED = "skroopwelter";
  private static final String POISON = "drubnackle";

  private static final List<String> SAID = List.of(ANSWERED, ORDER, REFUSED, BROKEN);
  private static final int FIRST_TONE = 100;
  private static final int PROGRAMS_TONE = 200;

  /// Each as a word of its own, and as bytes may hold it.
  private static final Map<String, Pattern> CANARIES = canaries();

  private static final Set<String> TOPICS_OF_CALLS =
      Set.of("audio.in", "transcripts", "intents", "sentences", "audio.out", "calls", "dlq");

  @TempDir Path folder;

  private static Map<String, Pattern> canaries() {
    Map<String, Pattern> canaries = new LinkedHashMap<>();
    for (String telling :
        List.of(
            "vexquorlim",
            "grumthasp",
            "plinquard",
            "Zimbleforth",
            "flanquist",
            TYPED,
            MALFORMED,
            POISON)) {
      canaries.put(telling, Pattern.compile(telling, Pattern.CASE_INSENSITIVE));
    }
    canaries.put(NUMBER, Pattern.compile(NUMBER.substring(1)));
    canaries.put(ORDER_ID, Pattern.compile("(?<!\\d)" + ORDER_ID + "(?!\\d)"));
    return canaries;
  }

  private static Set<String> in(String text) {
    Set<String> found = new TreeSet<>();
    CANARIES.forEach((canary, pattern) -> {
      if (pattern.matcher(text).find()) {
        found.add(canary);
      }
    });
    return found;
  }

  private static ChatScript answer(JsonNode request) {
    JsonNode messages = request.path("messages");
    String asked = messages.path(messages.size() - 1).path("content").asText();
    if (asked.contains(REFUSED)) {
      return ChatScript.of(
          new ChatScript.Status(500, "{\"error\":{\"message\":\"" + asked + "\"}}"));
    }
    if (asked.contains(BROKEN)) {
      return ChatScript.of(new ChatScript.Data(BROKEN));
    }
    return asked.contains(ORDER)
        ? ChatScript.calls("call_1", "order_status", "{\"orderId\":\"" + ORDER_ID + "\"}")
        : ChatScript.says(ANSWER);
  }

  @Test
  void aCallsWordsAndNumberAreInItsTopicsAndNowhereElse() throws Exception {
    Map<String, Set<String>> topics;
    Overheard overheard = new Overheard();
    try (overheard;
        ScriptedChat model = new ScriptedChat(CanaryIT::answer)) {
      Map<String, String> more = new HashMap<>();
      more.put("engines.kind", "scripted");
      SAID.forEach(
          words -> more.put("engines.phrases." + (FIRST_TONE + SAID.indexOf(words)), words));
      more.put("engines.phrases." + PROGRAMS_TONE, SPOKEN);
      more.put("llm.chat.baseUrl", model.url().toString());
      more.put("llm.chat.model", "scripted-1");
      more.put("llm.scope", "all");
      try (Estate estate =
          new Estate(folder, TestAgents.patient(folder), more, Set.of(), QUICK_WORD)) {
        estate
            .acme()
            .put(new Order(ORDER_ID, "shipped", "rake", null, null, BigDecimal.TEN, NUMBER));
        poison(estate);
        malformed(estate);
        CompletableFuture<Void> program = CompletableFuture.runAsync(() -> program(estate));
        CallId call = talk(estate);
        program.join();
        lookOn(estate, call);
        topics = topics(estate.cluster());
      }
    }

    assertThat(overheard.lines()).as("the log is listened to").hasSizeGreaterThan(20);
    assertThat(overheard.lines()).filteredOn(line -> !in(line).isEmpty()).isEmpty();
    assertThat(overheard.spans()).as("spans are made").isNotEmpty();
    assertThat(overheard.spans()).filteredOn(span -> !in(span).isEmpty()).isEmpty();
    assertThat(overheard.metrics()).as("metrics are kept").hasSizeGreaterThan(10);
    assertThat(overheard.metrics()).filteredOn(metric -> !in(metric).isEmpty()).isEmpty();

    Map<String, Set<String>> elsewhere = new HashMap<>(topics);
    elsewhere.keySet().removeAll(TOPICS_OF_CALLS);
    assertThat(elsewhere).containsKeys("agents", "__consumer_offsets");
    assertThat(elsewhere.values()).allMatch(Set::isEmpty);
    assertThat(topics.get("transcripts"))
        .contains("vexquorlim", "grumthasp", "plinquard", "flanquist", TYPED);
    assertThat(topics.get("sentences")).contains("Zimbleforth");
    assertThat(topics.get("calls"))
        .contains(NUMBER, ORDER_ID, TYPED)
        .doesNotContain("vexquorlim", "grumthasp", "plinquard", "flanquist");
    assertThat(topics.get("dlq")).contains(POISON);
    List.of("audio.in", "transcripts", "intents", "audio.out")
        .forEach(topic -> assertThat(topics.get(topic)).as(topic).doesNotContain(NUMBER));
  }

  /// A call's words and what tools are asked and answer are in its story, and its number is not but
  /// where a tool's answer has it; nothing else that is told to those who look on has any of it,
  /// nor what they sent themselves.
  private static void lookOn(Estate estate, CallId call) throws Exception {
    try (Onlooker onlooker = new Onlooker(estate.ingress().port())) {
      String story = onlooker.story(call);
      assertThat(story).contains(ANSWERED, BROKEN, ANSWER, ORDER_ID).contains("event: end");
      assertThat(in(story)).doesNotContain("flanquist", TYPED, MALFORMED, POISON);
      assertThat(in(story.replaceAll("event: tool\ndata: .*", ""))).doesNotContain(NUMBER);
      Map<String, String> answers = onlooker.answers(MALFORMED);
      assertThat(answers.get("/api/calls")).contains(call.value());
      assertThat(answers.get("/health")).contains("mediaPort");
      assertThat(answers.values()).allMatch(answer -> answer.startsWith("HTTP/1."));
      assertThat(answers.values())
          .filteredOn(answer -> answer.startsWith("HTTP/1.1 4"))
          .as("refusals are looked through")
          .hasSizeGreaterThan(20);
      answers.forEach((asked, answer) -> assertThat(in(answer)).as(asked).isEmpty());
      assertThat(in(onlooker.calls(2).toString())).isEmpty();
    }
  }

  private static CallId talk(Estate estate) {
    ScriptedTalk talk = ScriptedTalk.begin(estate, estate.call(NUMBER));
    for (int phrase = 0; phrase < SAID.size(); phrase++) {
      assertThat(talk.answerTo(FIRST_TONE + phrase)).as(SAID.get(phrase)).isNotEmpty();
    }
    talk.caller().hangUp().join();
    await()
        .atMost(PATIENCE)
        .until(() -> estate.facts(talk.id(), CallEvent.Ended.class).size() == 1);
    assertThat(estate.facts(talk.id(), CallEvent.ToolDone.class)).isNotEmpty();
    assertThat(estate.facts(talk.id(), CallEvent.Error.class))
        .as("errors of the model are told")
        .isNotEmpty();
    return talk.id();
  }

  /// A program that sends what nobody can read, then says and types words of its own.
  private static void program(Estate estate) {
    try (RealtimeProgram program = new RealtimeProgram(estate.ingress().port())) {
      program.awaits(0, "session.created");
      program.send("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\"}}");
      program.listens().awaits(0, "response.done");
      malformed(program);
      int spoken = program.told();
      program.says(PROGRAMS_TONE).awaits(spoken, "response.done");
      assertThat(
              program
                  .awaits(spoken, "conversation.item.input_audio_transcription.completed")
                  .path("transcript")
                  .asText())
          .isEqualTo(SPOKEN);
      int typed = program.told();
      program.types("tell me of " + TYPED).awaits(typed, "response.done");
      assertThat(program.awaits(typed, "conversation.item.done").toString()).contains(TYPED);
      whatAProgramIsToldIsItsOwn(program);
    }
  }

  /// An error names the event and the field as the client does, and quotes nothing besides.
  private static void whatAProgramIsToldIsItsOwn(RealtimeProgram program) {
    assertThat(in(program.events(0).toString()))
        .containsOnly("flanquist", TYPED, MALFORMED, "Zimbleforth");
    for (JsonNode event : program.events(0)) {
      JsonNode error = event.path("error");
      assertThat(in(error.path("message").asText() + error.path("code").asText())).isEmpty();
      if (!error.isMissingNode()) {
        assertThat(in(event.toString())).isSubsetOf(MALFORMED);
      }
    }
  }

  private static void malformed(RealtimeProgram program) {
    List<String> messages =
        List.of(
            "{\"" + MALFORMED,
            "\"" + MALFORMED + "\"",
            "{\"type\":\"" + MALFORMED + "\",\"event_id\":\"" + MALFORMED + "\"}",
            "{\"type\":\"session.update\",\"session\":{\"%s\":\"%s\"}}"
                .formatted(MALFORMED, MALFORMED),
            "{\"type\":\"session.update\",\"session\":{\"tools\":[\"" + MALFORMED + "\"]}}",
            "{\"type\":\"session.update\",\"session\":{\"audio\":{\"input\":{\"format\":{\"type\":\""
                + MALFORMED
                + "\"}}}}}",
            "{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + MALFORMED + "!\"}",
            "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\""
                + MALFORMED
                + "\"}}",
            "{\"type\":\"conversation.item.truncate\",\"audio_end_ms\":1,\"item_id\":\""
                + MALFORMED
                + "\"}",
            "{\"type\":\"response.cancel\",\"response_id\":\"" + MALFORMED + "\"}",
            "{\"type\":\"response.create\",\"response\":{\"" + MALFORMED + "\":1}}");
    int before = program.told();
    messages.forEach(program::sendRaw);
    await()
        .atMost(PATIENCE)
        .until(
            () -> program.types(before).stream().filter("error"::equals).count(),
            count -> count == messages.size());
  }

  /// Bytes that no stage can read.
  private static void poison(Estate estate) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(estate.cluster().kafka().producer(Duration.ZERO))) {
      String topic = estate.cluster().topics().name("transcripts");
      producer.send(new ProducerRecord<>(topic, bytes("CA0"), bytes("\0\0\0\0c" + POISON))).get();
    }
    await().atMost(PATIENCE).until(() -> !estate.log().deadLetters().isEmpty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// What a carrier, or somebody who plays one, may send.
  private static void malformed(Estate estate) throws Exception {
    String address = "127.0.0.1:" + estate.ingress().port();
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(
          HttpRequest.newBuilder(URI.create("http://" + address + "/twilio/voice"))
              .header("content-type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString("CallSid=" + MALFORMED + "&%" + MALFORMED))
              .build(),
          HttpResponse.BodyHandlers.discarding());
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(
                  URI.create("ws://" + address + "/twilio/stream"), new WebSocket.Listener() {})
              .join();
      String sid = "f".repeat(32);
      List<String> messages = new ArrayList<>();
      messages.add("{\"" + MALFORMED);
      messages.add("{\"event\":\"" + MALFORMED + "\"}");
      messages.add(
          "{\"event\":\"start\",\"streamSid\":\"MZ%s\",\"start\":{\"streamSid\":\"MZ%s\",\"callSid\":\"CA%s\",\"customParameters\":{\"agent\":\"%s\"}}}"
              .formatted(sid, sid, sid, MALFORMED));
      messages.add("{\"event\":\"media\",\"media\":{\"timestamp\":\"" + MALFORMED + "\"}}");
      messages.add(
          "{\"event\":\"media\",\"media\":{\"timestamp\":\"1\",\"payload\":\""
              + MALFORMED
              + "!\"}}");
      messages.add("{\"event\":\"dtmf\",\"dtmf\":{\"digit\":\"" + MALFORMED + "\"}}");
      messages.add("{\"event\":\"mark\",\"mark\":{\"name\":\"" + MALFORMED + "\"}}");
      messages.forEach(message -> socket.sendText(message, true).join());
      await()
          .atMost(PATIENCE)
          .until(() -> estate.ingress().errorCounts().containsKey("unknown-mark"));
      socket.abort();
    }
  }

  /// Which canaries are in each of the cluster's topics, in keys, values and headers.
  private static Map<String, Set<String>> topics(Cluster cluster) throws Exception {
    Map<String, Set<String>> found = new HashMap<>();
    String prefix = cluster.topics().name("calls").replaceFirst("calls$", "");
    try (Admin admin = Admin.create(cluster.kafka().admin());
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(cluster.kafka().reader())) {
      for (String topic :
          admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get()) {
        Set<String> inTopic = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> record : TopicContent.of(consumer, topic)) {
          inTopic.addAll(in(text(record.key())));
          inTopic.addAll(in(text(record.value())));
          record.headers().forEach(header -> inTopic.addAll(in(text(header.value()))));
        }
        found.put(topic.startsWith(prefix) ? topic.substring(prefix.length()) : topic, inTopic);
      }
    }
    return found;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
