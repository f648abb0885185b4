package dev.voxlog.text;

import dev.voxlog.agent.Agent;
import dev.voxlog.agent.AgentFile;
import dev.voxlog.schemas.CallEvent;
import dev.voxlog.schemas.CallId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A caller of a shop that asks for orders of five digits and for phone numbers: what is written of
/// what they say, a second after one another.
final class ShopCaller {
  private static final String SHOP =
      """
      name: shop
      greeting: {hello: Hello., disclosure: I'm a machine.}
      voice: {engine: scripted}
      masking: {cards: %s, socialSecurityNumbers: %s, ibans: %s}
      intents:
        - {name: status, flow: status, examples: [where is it, has it shipped]}
      flows:
        - name: status
          slots:
            - {name: order, type: orderId, length: 5, ask: Which order?}
            - {name: phone, type: phone, length: 7-15, ask: Which number?}
          say: [{text: Thanks.}]
      """;

  private final Masker masker;
  private final List<String> written = new ArrayList<>();
  private Heard heard = Heard.NOTHING;
  private Awaited awaited = Awaited.ANYTHING;
  private long nowMs = 5_000;

  private ShopCaller(Agent agent) {
    masker = new Masker(agent);
  }

  static ShopCaller calling() {
    return new ShopCaller(agent(true, false, false));
  }

  static ShopCaller callingWhereAllIsMasked() {
    return new ShopCaller(agent(true, true, true));
  }

  static ShopCaller callingWhereNothingIsMasked() {
    return new ShopCaller(agent(false, false, false));
  }

  static Agent agent(boolean cards, boolean socialSecurityNumbers, boolean ibans) {
    return AgentFile.parse(SHOP.formatted(cards, socialSecurityNumbers, ibans), "test").agent();
  }

  ShopCaller says(String text) {
    String masked = masker.mask(text, heard.at(nowMs), awaited, true).text();
    written.add(masked);
    heard = heard.and(masked, nowMs, nowMs + 1_000);
    heard = Heard.read(java.nio.ByteBuffer.wrap(heard.bytes()));
    nowMs += 2_000;
    return this;
  }

  /// What is written while no more than `text` is said yet.
  String saysSoFar(String text) {
    return masker.mask(text, heard.at(nowMs), awaited, false).text();
  }

  ShopCaller isSilentForSeconds(int seconds) {
    nowMs += seconds * 1_000L;
    return this;
  }

  ShopCaller isAsked(CallEvent.Answer answer, int length) {
    awaited =
        masker.awaited(new CallEvent.Expects(new CallId("c"), Instant.EPOCH, 1, answer, length));
    return this;
  }

  ShopCaller isAskedForAPhoneNumber() {
    return isAsked(CallEvent.Answer.DIGITS, 0);
  }

  ShopCaller isAskedForAnOrder() {
    return isAsked(CallEvent.Answer.DIGITS, 5);
  }

  ShopCaller isAskedYesOrNo() {
    return isAsked(CallEvent.Answer.YES_NO, 0);
  }

  List<String> written() {
    return List.copyOf(written);
  }
}
