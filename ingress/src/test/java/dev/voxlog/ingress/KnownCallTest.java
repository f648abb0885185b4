package dev.voxlog.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.ingress.KnownCall.Next;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import dev.voxlog.schemas.Codec;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownCallTest {
  private static final CallId CALL = new CallId("twilio-CA1");
  private static final Instant AT = Instant.EPOCH;
  private static final CallEvent STARTED =
      new CallEvent.Started(CALL, AT, "twilio", "CA1", "inbound", null, null, "acme@1", Map.of());
  private static final CallEvent ENDED = new CallEvent.Ended(CALL, AT, "completed");
  private static final CallEvent TRANSFER =
      new CallEvent.Transfer(CALL, AT, 3, "+15551234", "asked");

  @Test
  void anEndedCallIsHungUp() {
    assertThat(next(STARTED, attached(1), detached(1, false, CallStream.AGENT_HUNG_UP), ENDED))
        .isEqualTo(new Next.HangUp());
    assertThat(next(STARTED, attached(1), detached(1, true, "stop"))).isEqualTo(new Next.HangUp());
  }

  @Test
  void aTransferIsDialled() {
    assertThat(next(STARTED, attached(1), TRANSFER, detached(1, false, CallStream.AGENT_HUNG_UP)))
        .isEqualTo(new Next.Dial("+15551234"));
    assertThat(next(STARTED, attached(1), TRANSFER, new CallEvent.Ended(CALL, AT, "transferred")))
        .isEqualTo(new Next.Dial("+15551234"));
  }

  @Test
  void aTransferThatTheCallerTalkedTheAgentOutOfIsNotDialled() {
    assertThat(
            next(
                STARTED,
                attached(1),
                TRANSFER,
                detached(1, false, CallStream.AGENT_HUNG_UP),
                ENDED))
        .isEqualTo(new Next.HangUp());
    assertThat(next(STARTED, attached(1), TRANSFER, detached(1, false, "dropped")))
        .isEqualTo(new Next.Connect());
  }

  @Test
  void aDroppedStreamIsConnectedAgainButNotForEver() {
    assertThat(next(STARTED, attached(1), detached(1, false, "dropped")))
        .isEqualTo(new Next.Connect());
    assertThat(next(STARTED, attached(1))).isEqualTo(new Next.Connect());
    assertThat(next(STARTED, attached(10), detached(10, false, "dropped")))
        .isEqualTo(new Next.HangUp());
  }

  @Test
  void anOldStreamsEndSaysNothingOfTheNewOne() {
    KnownCall known = known(STARTED, attached(1), attached(2), detached(1, true, "stop"));
    assertThat(known.attach()).isEqualTo(2);
    assertThat(known.detached()).isNull();
    assertThat(known.after(attached(1))).isEqualTo(known);
  }

  private static CallEvent attached(int attach) {
    return new CallEvent.Attached(CALL, AT, attach, "MZ", Codec.MULAW_8K, "h:1", 0);
  }

  private static CallEvent detached(int attach, boolean isHangUp, String reason) {
    return new CallEvent.Detached(CALL, AT, attach, isHangUp, reason, 100);
  }

  private static KnownCall known(CallEvent... events) {
    KnownCall known = KnownCall.UNKNOWN;
    for (CallEvent event : events) {
      known = known.after(event);
    }
    return known;
  }

  private static Next next(CallEvent... events) {
    return known(events).next(10);
  }
}
