package dev.voxlog.egress;

import java.time.Duration;

/// How egress plays.
///
/// `lead` is how far audio is sent ahead of what the caller hears: long enough that the caller
/// notices nothing while another egress takes over; what is in it can still be taken back, as
/// carriers drop their buffer on `clear`. A mark follows at least every `markEvery` of audio. An
/// utterance's answer is awaited for `answerWait`. A call whose stream is gone has `reconnectGrace`
/// to come back. A mark that has not come back `ackPatience` after its audio should have been
/// played is given up. `node` is what ingress nodes call this egress; `mediaSecret` is theirs,
/// empty where they have none.
public record EgressConfig(
    Duration lead,
    Duration markEvery,
    Duration answerWait,
    Duration reconnectGrace,
    Duration ackPatience,
    String node,
    String mediaSecret) {

  public static final EgressConfig DEFAULT =
      new EgressConfig(
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofSeconds(8),
          Duration.ofSeconds(15),
          Duration.ofSeconds(3),
          "egress",
          "");

  public EgressConfig {
    require("lead", lead, 200, 30_000, "3s");
    require("markEvery", markEvery, 100, 10_000, "1s");
    require("answerWait", answerWait, 1_000, 120_000, "8s");
    require("reconnectGrace", reconnectGrace, 100, 300_000, "15s");
    require("ackPatience", ackPatience, 100, 60_000, "3s");
    if (node.isBlank()) {
      throw new IllegalArgumentException(
          "egress.node is empty; name this process, such as egress-1");
    }
  }

  private static void require(String key, Duration value, long fromMs, long toMs, String fix) {
    if (value.toMillis() < fromMs || value.toMillis() > toMs) {
      throw new IllegalArgumentException(
          "egress."
              + key
              + " is "
              + value.toMillis()
              + "ms; it must be from "
              + fromMs
              + "ms to "
              + toMs
              + "ms: write "
              + fix);
    }
  }

  public EgressConfig withMediaSecret(String secret) {
    return new EgressConfig(lead, markEvery, answerWait, reconnectGrace, ackPatience, node, secret);
  }

  public EgressConfig withNode(String name) {
    return new EgressConfig(
        lead, markEvery, answerWait, reconnectGrace, ackPatience, name, mediaSecret);
  }

  public EgressConfig withReconnectGrace(Duration grace) {
    return new EgressConfig(lead, markEvery, answerWait, grace, ackPatience, node, mediaSecret);
  }
}
