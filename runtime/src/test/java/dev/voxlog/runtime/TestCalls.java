package dev.voxlog.runtime;

import dev.voxlog.agent.AgentBundle;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.CallerAudio;
import dev.voxlog.schemas.Codec;
import dev.voxlog.schemas.TranscriptEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The records of made-up calls.
final class TestCalls {
  static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  static final AgentBundle AGENT =
      AgentBundle.of(
          AgentFile.parse(
              """
              name: echo
              greeting:
                hello: Hello.
                disclosure: I'm a machine.
              voice: {engine: scripted}
              intents:
                - name: status
                  action: transfer
                  examples: [where is it, has it shipped]
              transfer:
                number: "+15550100"
              """,
              "echo.yaml"),
          List.of());
  static final AgentBundles AGENTS =
      key -> key.equals(AGENT.key()) ? Optional.of(AGENT) : Optional.empty();

  private TestCalls() {}

  static CallEvent.Started started(CallId call) {
    return new CallEvent.Started(
        call, AT, "test", call.value(), "inbound", null, null, AGENT.key(), Map.of());
  }

  static CallEvent.Attached attached(CallId call, int attach) {
    return new CallEvent.Attached(call, AT, attach, "stream", Codec.MULAW_8K, "127.0.0.1:1", 0);
  }

  static CallEvent.Ended ended(CallId call) {
    return new CallEvent.Ended(call, AT, "completed");
  }

  static TranscriptEvent.Final words(CallId call, int utterance) {
    return new TranscriptEvent.Final(
        call, AT, utterance, "words " + utterance, 1, List.of(), 0, 10, 20, "scripted", 1);
  }

  /// Words on which the echo stage's step throws.
  static TranscriptEvent.Final breaking(CallId call, int utterance) {
    return new TranscriptEvent.Final(
        call, AT, utterance, "break", 1, List.of(), 0, 0, 0, "scripted", 0);
  }

  static TranscriptEvent.Interim interim(CallId call, int utterance, int revision) {
    return new TranscriptEvent.Interim(call, AT, utterance, revision, "wor", 0, 1, 20);
  }

  /// 20 ms of µ-law.
  static CallerAudio.Frame frame(CallId call, int attach, long sequence) {
    return new CallerAudio.Frame(
        call, AT, attach, sequence, sequence * 20, Codec.MULAW_8K, AudioBytes.wrap(new byte[160]));
  }
}
