package dev.voxlog.ingress;

import dev.voxlog.schemas.AudioBytes;
import dev.voxlog.schemas.CallId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks callers to hold the line when the log is away, for then no other stage can: each once in an
/// outage, and only when nothing is being played to them. Confined to the node's event loop.
final class Holding {
  private static final Logger log = LoggerFactory.getLogger(Holding.class);

  private final Node node;
  private final HoldingPhrases phrases;
  private final Set<CallId> told = new HashSet<>();
  private boolean isOutage;

  Holding(Node node, HoldingPhrases phrases) {
    this.node = node;
    this.phrases = phrases;
  }

  /// To be called every now and then.
  void look() {
    Duration silence = node.log().writer().silence();
    if (silence.compareTo(phrases.after()) < 0) {
      if (isOutage) {
        log.info("the log answers again; {} callers have been asked to hold the line", told.size());
      }
      isOutage = false;
      told.clear();
      return;
    }
    if (!isOutage) {
      log.warn(
          "the log has not answered for {} s: callers are asked to hold the line",
          silence.toSeconds());
    }
    isOutage = true;
    node.calls().quiet().forEach(this::tell);
  }

  private void tell(CallId call, CallStream stream) {
    AudioBytes phrase = phrases.byAgent().get(stream.agent());
    if (phrase == null || !told.add(call)) {
      return;
    }
    node.metrics().count("held");
    stream.say(phrase);
  }
}
