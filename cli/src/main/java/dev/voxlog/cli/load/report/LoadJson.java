package dev.voxlog.cli.load.report;

import dev.voxlog.cli.call.Sound;
import dev.voxlog.cli.load.caller.Measured;
import dev.voxlog.cli.load.caller.Speech;
import dev.voxlog.cli.load.caller.Talk;
import dev.voxlog.cli.load.caller.Timetable;
import dev.voxlog.cli.load.server.Machine;
import dev.voxlog.cli.load.server.ServerWatch;
import java.util.LinkedHashMap;
import java.util.Map;

/// An outcome for programs: maps, lists, texts and numbers only. Times are milliseconds, sizes
/// bytes, CPU is in cores and in milliseconds for a second of a call.
record LoadJson(Outcome outcome) {
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("plan", plan(outcome.timetable()));
    json.put("wire", wire());
    json.put("cpu", cpu(outcome.taken()));
    json.put("jvms", jvms(outcome.taken()));
    if (outcome.idleHeap() != null) {
      json.put("heapPerIdleCall", outcome.idleHeap().total());
      json.put("heapPerIdleCallByProcess", outcome.idleHeap().bytes());
    }
    json.put("perSecond", log(outcome.taken()));
    if (outcome.hops() != null) {
      Map<String, Object> hops = new LinkedHashMap<>();
      LoadReport.names(outcome.hops()).forEach((name, spread) -> hops.put(name, spread.json()));
      json.put("hops", hops);
    }
    json.put("doubts", outcome.doubts());
    return json;
  }

  private static Map<String, Object> plan(Timetable timetable) {
    Talk talk = timetable.talk();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("calls", timetable.calls());
    json.put("turns", timetable.turns());
    json.put("rampMs", timetable.step().ramp().toMillis());
    json.put("warmUpMs", talk.every().multipliedBy(timetable.warmUpCycles()).toMillis());
    json.put("everyMs", talk.every().toMillis());
    json.put("lineMs", talk.line().toMillis());
    Speech speech = talk.speech();
    if (speech != null) {
      json.put("recordings", speech.recordings().stream().map(Sound::name).toList());
      json.put("meanSpeechMs", speech.mean().toMillis());
      json.put("talkShare", speech.shareOf(talk.every()));
    }
    json.put("bargeInAfterMs", talk.bargeInAfter() == null ? null : talk.bargeInAfter().toMillis());
    json.put("seed", timetable.seed());
    json.put("cores", Runtime.getRuntime().availableProcessors());
    return json;
  }

  private Map<String, Object> wire() {
    Measured measured = outcome.measured();
    Talk talk = outcome.timetable().talk();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        talk.speech() == null ? "overheadMs" : "endOfSpeechToFirstAudioMs",
        measured.answers().overhead().json());
    json.put("clearMs", measured.bargeIns().clear().json());
    json.put("yieldMs", measured.bargeIns().yield().json());
    json.put("gapsMs", measured.answers().gaps().json());
    for (double limit : LoadReport.GAPS) {
      json.put("gapsOver%.0fMs".formatted(limit), measured.answers().gaps().above(limit));
    }
    json.put("missedTurns", outcome.missed());
    json.put("missedWarmingUp", measured.answers().unanswered().warmingUp());
    json.put("answersCutShort", outcome.cutShort());
    json.put("answerLengthMs", measured.answers().lengths().json());
    json.put("earlyTurns", measured.answers().unanswered().early());
    json.put("failedCalls", measured.failures());
    json.put("bargedIntoSilence", measured.bargeIns().intoSilence());
    json.put("talkedOver", measured.answers().talkedOver());
    json.put("notCleared", measured.bargeIns().notCleared());
    json.put("generatorLatenessMs", measured.lateness().json());
    json.put("generatorWasLate", measured.isGeneratorLate());
    return json;
  }

  private static Map<String, Object> cpu(ServerWatch.Taken taken) {
    Machine.Use use = taken.use();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("callsOnTheLine", taken.calls());
    json.put("seconds", use.elapsed().toNanos() / 1e9);
    json.put("cores", use.processes());
    json.put("serverCores", use.server());
    json.put("serverMsPerCallSecond", taken.perCallSecond(use.server()));
    json.put("generatorCores", use.generator());
    json.put("othersCores", use.others().orElse(null));
    return json;
  }

  private static Map<String, Object> jvms(ServerWatch.Taken taken) {
    Map<String, Object> json = new LinkedHashMap<>();
    taken
        .jvms()
        .forEach((name, look) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("allocated", look.allocated());
          one.put("collections", look.collections());
          one.put("stoppedMs", look.stopped().toMillis());
          one.put("longestStopMs", look.longestStop().toMillis());
          one.put("heapUsed", look.heapUsed());
          one.put("lagMaxRecords", taken.lag().get(name));
          json.put(name, one);
        });
    return json;
  }

  private static Map<String, Object> log(ServerWatch.Taken taken) {
    double seconds = taken.logElapsed().toNanos() / 1e9;
    Map<String, Object> json = new LinkedHashMap<>();
    taken
        .log()
        .forEach((topic, counts) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("records", counts.records() / seconds);
          one.put("bytes", counts.bytes() / seconds);
          one.put("produceRequests", counts.produce() / seconds);
          one.put("fetchRequests", counts.fetch() / seconds);
          json.put(topic.id(), one);
        });
    if (!taken.log().isEmpty()) {
      Map<String, Object> requests = new LinkedHashMap<>();
      requests.put("produce", taken.requests().produce() / seconds);
      requests.put("fetch", taken.requests().fetch() / seconds);
      json.put("requests", requests);
    }
    return json;
  }
}
