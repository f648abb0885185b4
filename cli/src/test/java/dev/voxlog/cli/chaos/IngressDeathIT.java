package dev.voxlog.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.voxlog.audio.ToneCode;
import dev.voxlog.cli.fleet.WorkerFleet;
import dev.voxlog.cli.fleet.WorkerFleet.Slot;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.StageName;
import dev.voxlog.testkit.twilio.Switchboard;
import dev.voxlog.testkit.twilio.Utterance;
import dev.voxlog.tts.scripted.ScriptedVoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two ingress nodes behind one address, killed one after the other under calls.
@Tag("long")
class IngressDeathIT {
  private static final Slot ONE = new Slot(StageName.INGRESS, 0);
  private static final Slot OTHER = new Slot(StageName.INGRESS, 1);
  private static final int TALKING = 3;
  private static final Set<Violation.Kind> LOST =
      Set.of(
          Violation.Kind.UTTERANCE_LOST,
          Violation.Kind.TURN_UNANSWERED,
          Violation.Kind.CALL_DROPPED);
  private static final Pattern PORT = Pattern.compile("ingress listens on port (\\d+)");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// How far the edges of all that a call hears may be off together, in samples.
  private static final long EDGES = 10L * HearingJudge.EDGE;

  @TempDir Path folder;

  private final Lines lines = lines();

  /// The fourth caller's first line is long enough to have a beginning and an end when its middle
  /// is lost.
  private static Lines lines() {
    List<List<CallerLine>> callers = new ArrayList<>(Lines.of(3, 5, 4).callers());
    List<CallerLine> talking = new ArrayList<>(callers.get(TALKING));
    CallerLine first = talking.getFirst();
    talking.set(
        0, new CallerLine(first.tone(), 4_000, first.words(), first.answer(), first.order()));
    callers.set(TALKING, talking);
    return new Lines(callers);
  }

  private static int port(WorkerFleet fleet, Slot slot) throws InterruptedException {
    return Integer.parseInt(fleet.process(slot).await(PORT, PATIENCE));
  }

  @Test
  void theCallsOfADeadNodeGoOnAtAnotherWithoutASecondGreeting()
      throws InterruptedException, IOException {
    try (FrontDoor door = FrontDoor.open();
        Site site = Site.open(folder, lines, Map.of("ingress.publicUrl", door.address()));
        Switchboard switchboard = new Switchboard()) {
      WorkerFleet fleet = site.fleet();
      fleet.start(OTHER);
      int one = fleet.start(1);
      fleet.awaitReady(OTHER);
      int other = port(fleet, OTHER);
      door.leadTo(List.of(other, one));
      Phone elsewhere = phone(switchboard, door, 0);
      elsewhere.hears(ChaosAgent.GREETING);
      door.leadTo(List.of(one, other));
      Phone idle = phone(switchboard, door, 1);
      Phone listening = phone(switchboard, door, 2);
      Phone talking = phone(switchboard, door, TALKING);
      together(List.of(idle, listening, talking), phone -> phone.hears(ChaosAgent.GREETING));
      idle.talks();

      // One is answered, one speaks and one is greeted while their node dies.
      Phone greeted = phone(switchboard, door, 4);
      CallerLine asked = Phone.join(listening.says());
      listening.isSpokenTo(200);
      var saying = talking.says();
      greeted.isSpokenTo(300);
      listening.isSpokenTo(1_100);
      fleet.process(ONE).kill();

      List<Phone> moved = List.of(idle, listening, talking, greeted);
      moved.forEach(phone -> awaitStreams(phone, 1));
      listening.hears(asked.answer());
      talking.hears(Phone.join(saying).answer());
      greeted.hears(ChaosAgent.GREETING);
      List<Phone> all = List.of(elsewhere, idle, listening, talking, greeted);
      together(all, Phone::talks);

      // Back again, to a node that knows the calls from the log alone.
      fleet.start(ONE);
      fleet.awaitReady(ONE);
      door.leadTo(List.of(port(fleet, ONE)));
      fleet.process(OTHER).kill();
      moved.forEach(phone -> awaitStreams(phone, 2));
      awaitStreams(elsewhere, 1);
      together(all, Phone::talks);

      all.forEach(phone ->
          System.out.printf(
              "%s was without a stream for %s ms%n", phone.id(), phone.withoutStream()));
      LogWitness log = site.log();
      List<CallWitness> calls = all.stream().map(phone -> log.with(phone.hangsUp())).toList();
      assertThat(site.verdict(calls).violations())
          .allMatch(each ->
              isOfHalves(each, talking)
                  || isOfWordBegunAgain(each, listening)
                  || isOfWordBegunAgain(each, greeted));
      calls.forEach(call -> assertThatItIsOneCall(call, log));
      assertThatAtMostAWordIsHeardAgain(calls.get(all.indexOf(listening)));
      assertThatAtMostAWordIsHeardAgain(calls.get(all.indexOf(greeted)));
      assertThat(List.of(elsewhere.withoutStream().size(), idle.withoutStream().size()))
          .containsExactly(1, 2);
    }
  }

  private Phone phone(Switchboard switchboard, FrontDoor door, int script) {
    return new Phone(
        switchboard,
        URI.create(door.address() + "/twilio/voice"),
        script,
        lines.callers().get(script));
  }

  private static void together(List<Phone> phones, Consumer<Phone> what) {
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      phones.stream()
          .map(phone -> CompletableFuture.runAsync(() -> what.accept(phone), each))
          .toList()
          .forEach(CompletableFuture::join);
    }
  }

  private static void awaitStreams(Phone phone, int again) {
    await()
        .alias("connected again")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(phone.withoutStream()).hasSize(again));
  }

  /// The scripted recogniser takes either half of a tone for the whole line, so a line in two
  /// halves is understood, and answered, twice. It must not be lost.
  private static boolean isOfHalves(Violation violation, Phone halved) {
    return violation.call().equals(halved.id().value())
        && violation.line() == 1
        && !LOST.contains(violation.kind());
  }

  /// A sentence that broke off goes on with the word it broke off in.
  private static boolean isOfWordBegunAgain(Violation violation, Phone brokenOff) {
    return violation.call().equals(brokenOff.id().value())
        && violation.line() <= 1
        && violation.kind() == Violation.Kind.SENTENCE_PART_TWICE;
  }

  private static void assertThatAtMostAWordIsHeardAgain(CallWitness call) {
    List<String> sentences = new ArrayList<>(ChaosAgent.GREETING);
    call.said().forEach(said -> sentences.addAll(said.line().answer()));
    int wanted = sentences.stream().mapToInt(HearingJudge::samples).sum();
    long played = call.ear().played().stream().mapToLong(Utterance::samples).sum();
    long word = ScriptedVoice.WORD.toMillis() * ToneCode.RATE / 1_000;
    assertThat(played).isBetween(wanted - EDGES, wanted + word + EDGES);
  }

  private static void assertThatItIsOneCall(CallWitness call, LogWitness log) {
    assertThat(log.of(call.id(), CallEvent.Started.class)).hasSize(1);
    List<CallEvent.Attached> attaches = log.of(call.id(), CallEvent.Attached.class);
    assertThat(attaches.stream().map(CallEvent.Attached::mediaPort)).doesNotHaveDuplicates();
    assertThat(attaches.stream().map(CallEvent.Attached::attach))
        .isEqualTo(List.of(1, 2, 3).subList(0, attaches.size()));
  }
}
