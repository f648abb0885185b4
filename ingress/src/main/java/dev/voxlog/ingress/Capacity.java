package dev.voxlog.ingress;

import dev.voxlog.runtime.StageWatch;
import dev.voxlog.runtime.VoxClock;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.StageName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a new call can be taken: not while this node holds as many as it may, nor while a stage
/// is so far behind that the calls which are running begin to suffer.
///
/// Refusing begins with the first look that finds a stage over a bound, and ends when all have kept
/// well below for a while. Confined to the node's event loop, but for [#isRefusing].
final class Capacity {
  private static final Logger log = LoggerFactory.getLogger(Capacity.class);
  private static final Duration CALM = Duration.ofSeconds(5);
  private static final double WELL_BELOW = 0.5;

  /// From the carrier's being told to connect until its stream is there.
  private static final Duration ON_THE_WAY = Duration.ofMinutes(1);

  private final IngressConfig.Limits limits;
  private final Node.Stages stages;
  private final VoxClock clock;
  private final Map<CallId, Instant> admitted = new LinkedHashMap<>();
  private volatile boolean isRefusing;
  private @Nullable Instant calmSince;

  Capacity(IngressConfig.Limits limits, Node.Stages stages, VoxClock clock) {
    this.limits = limits;
    this.stages = stages;
    this.clock = clock;
  }

  /// A call has come in while `streams` are open; if it is admitted its stream is welcome, however
  /// things are by then.
  boolean admits(CallId call, int streams) {
    look();
    if (isRefusing || streams >= limits.streams()) {
      return false;
    }
    Instant now = clock.now();
    admitted.remove(call);
    admitted.put(call, now);
    var oldest = admitted.values().iterator();
    while (oldest.next().plus(ON_THE_WAY).isBefore(now)) {
      oldest.remove();
    }
    return true;
  }

  /// An admitted call is not connected after all.
  void forget(CallId call) {
    admitted.remove(call);
  }

  /// A stream has come that begins a call, perhaps one that nobody was asked about here.
  boolean welcomes(CallId call) {
    look();
    return admitted.remove(call) != null || !isRefusing;
  }

  boolean isRefusing() {
    return isRefusing;
  }

  /// Takes note of how far the stages are.
  void look() {
    Map<StageName, StageWatch.Standing> standings = stages.standings();
    if (standings.isEmpty()) {
      // Nobody knows: as long as that lasts, what was known last holds.
      calmSince = null;
      return;
    }
    double load = standings.values().stream().mapToDouble(this::load).max().orElse(0);
    if (load >= 1) {
      calmSince = null;
      if (!isRefusing) {
        isRefusing = true;
        log.warn("new calls are refused: {}", standings);
      }
    } else if (isRefusing) {
      calm(load < WELL_BELOW);
    }
  }

  private void calm(boolean isCalm) {
    Instant now = clock.now();
    calmSince = isCalm && calmSince == null ? now : isCalm ? calmSince : null;
    if (calmSince != null && !calmSince.plus(CALM).isAfter(now)) {
      isRefusing = false;
      log.info("new calls are taken again");
    }
  }

  /// 1 where a bound is reached.
  private double load(StageWatch.Standing standing) {
    IngressConfig.Overload bounds = limits.overload();
    return Math.max(
        of(standing.lag(), bounds.stageLag()), of(standing.engineWait(), bounds.engineWait()));
  }

  private static double of(Duration measured, Duration bound) {
    return (double) measured.toNanos() / bound.toNanos();
  }
}
