package dev.voxlog.testkit.twilio;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A call to be made: where to, as whom, and over what kind of line.
///
/// `target` is the voice webhook (http, https) or, to skip it, a media stream (ws, wss) opened with
/// `parameters`.
public record CallPlan(
    URI target, Map<String, String> parameters, Identity identity, Access access, Line line) {

  public CallPlan {
    parameters = Map.copyOf(parameters);
    String scheme = String.valueOf(target.getScheme());
    if (!scheme.matches("https?|wss?") || target.getHost() == null) {
      throw new IllegalArgumentException(
          "cannot call '"
              + target
              + "'; give http(s)://host/path of a voice webhook or ws(s)://host/path of a stream");
    }
  }

  /// Who calls whom, in the carrier's ids.
  public record Identity(String callSid, String accountSid, String from, String to) {}

  /// `authToken` signs what the carrier sends; requests go to `connectTo` (scheme, host and port)
  /// in place of the public address when it is given.
  public record Access(@Nullable String authToken, @Nullable URI connectTo) {}

  /// One-way delays, and the RMS level of the caller's background noise (negative infinity for
  /// none).
  public record Line(Duration toAgent, Duration toCaller, double noiseFloorDbfs) {
    public static final Line PERFECT =
        new Line(Duration.ZERO, Duration.ZERO, Double.NEGATIVE_INFINITY);
  }

  /// A new call with ids of its own, unsigned, on a perfect line.
  public static CallPlan to(URI target) {
    String hex = UUID.randomUUID().toString().replace("-", "");
    Identity identity =
        new Identity("CA" + hex, "AC" + "0".repeat(32), "+15550100001", "+15550100002");
    return new CallPlan(target, Map.of(), identity, new Access(null, null), Line.PERFECT);
  }

  public CallPlan with(Identity other) {
    return new CallPlan(target, parameters, other, access, line);
  }

  public CallPlan with(Access other) {
    return new CallPlan(target, parameters, identity, other, line);
  }

  public CallPlan with(Line other) {
    return new CallPlan(target, parameters, identity, access, other);
  }

  public CallPlan withParameters(Map<String, String> other) {
    return new CallPlan(target, other, identity, access, line);
  }

  public CallPlan withAuthToken(String token) {
    return with(new Access(token, access.connectTo()));
  }

  public CallPlan withCallSid(String callSid) {
    return with(new Identity(callSid, identity.accountSid(), identity.from(), identity.to()));
  }

  boolean isStream() {
    return target.getScheme().startsWith("ws");
  }
}
