package dev.voxlog.llm;

import static dev.voxlog.llm.CallLab.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Transfer;
import dev.voxlog.schemas.TurnEvent.Next;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeypadTest {
  private final CallLab call = CallLab.greeted();

  @Test
  void zeroLeadsToAPerson() {
    call.presses("0");

    assertThat(call.next()).isEqualTo(Next.TRANSFER);
    assertThat(call.lab.emitted(Transfer.class)).hasSize(1);
  }

  @Test
  void aStarRepeatsWhatWasSaid() {
    call.says("where is order four five eight one two", "order_status", orderId("45812"))
        .hearsAll();
    String said = call.saidAll();
    call.presses("*");

    assertThat(call.saidAll()).isEqualTo(said);
    assertThat(call.tools.made).hasSize(1);
  }

  @Test
  void digitsFillTheSlotThatIsAskedForAsSoonAsTheyAreAsManyAsItTakes() {
    call.says("where is my order", "order_status").hearsAll();
    call.presses("4581");
    assertThat(call.tools.made).isEmpty();

    call.presses("2");
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aZeroAmongTheDigitsIsADigit() {
    call.tools.order("40810", "delivered");
    call.says("where is my order", "order_status").hearsAll();
    call.presses("40810");

    assertThat(call.saidAll()).startsWith("It was delivered.");
  }

  @Test
  void aLoneZeroWhileDigitsAreAskedForIsStillTheWayToAPerson() {
    call.says("where is my order", "order_status").hearsAll();
    call.presses("0");
    assertThat(call.ended()).hasSize(2);

    call.lab.advance(Duration.ofSeconds(4));
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
  }

  @Test
  void aHashEndsDigitsOfAnyLength() {
    call.says("please call me back", "callback").hearsAll();
    call.says("no", "no").hearsAll();
    assertThat(call.saidAll()).contains("Which number should we call you on?");

    call.presses("5550134#");
    assertThat(call.requested())
        .hasSize(1)
        .first()
        .satisfies(request -> assertThat(request.arguments()).contains("5550134"));
    assertThat(call.saidAll()).startsWith("Done.");
  }

  @Test
  void aCardsNumberThatIsTypedIsUsedForNothingAndKeptNowhere() {
    String card = "378282246310005";
    call.says("please call me back", "callback").hearsAll();
    call.says("no", "no").hearsAll();
    call.presses(card + "#");

    assertThat(call.requested()).isEmpty();
    assertThat(call.saidAll()).contains("phone number");
    call.hearsAll();
    String state = new String(call.lab.step().state().array(), StandardCharsets.UTF_8);
    assertThat(state).contains("callback").doesNotContain(card);
    assertThat(call.lab.emitted()).noneMatch(event -> event.toString().contains(card));
  }

  @Test
  void digitsThatAreToldLaterTakeTheirPlaces() {
    call.says("please call me back", "callback").hearsAll();
    call.says("no", "no").hearsAll();
    call.presses("4420794609xx").isToldOf("x58").presses("#");

    assertThat(call.requested())
        .hasSize(1)
        .first()
        .satisfies(request -> assertThat(request.arguments()).contains("442079460958"));
  }

  @Test
  void digitsThatAreToldLateAreNotWaitedForAnewAndMayComeWhileTheOthersWait() {
    call.says("please call me back", "callback").hearsAll();
    call.says("no", "no").hearsAll();
    call.presses("4420794609xx");
    call.lab.advance(Duration.ofSeconds(2));
    call.isToldOf("x58");
    call.lab.advance(Duration.ofSeconds(2));

    assertThat(call.requested()).hasSize(1);
  }

  @Test
  void digitsThatAreNeverToldFillNothing() {
    call.says("please call me back", "callback").hearsAll();
    call.says("no", "no").hearsAll();
    call.presses("4111111111xxxxxx#");

    assertThat(call.requested()).isEmpty();
    assertThat(call.saidAll()).contains("phone number");
  }

  @Test
  void anOrderIsWholeOnceItsDigitsAreTold() {
    call.says("where is my order", "order_status").hearsAll();
    call.presses("xxxxx");
    assertThat(call.tools.made).isEmpty();

    call.isToldOf("x45812");
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }

  @Test
  void aKeyThatIsToldLateMeansWhatItMeans() {
    call.presses("x");
    assertThat(call.turn()).isEqualTo(1);

    call.isToldOf("x0");
    assertThat(call.next()).isEqualTo(Next.TRANSFER);
  }

  @Test
  void digitsThatStopEarlyAreAskedForAgain() {
    call.says("where is my order", "order_status").hearsAll();
    call.presses("458");
    call.lab.advance(Duration.ofSeconds(4));

    assertThat(call.tools.made).isEmpty();
    assertThat(call.saidAll()).contains("five digits of your order number");
  }

  @Test
  void keysThatMeanNothingAreNotAnswered() {
    call.presses("5#7");
    call.lab.advance(Duration.ofSeconds(10));

    assertThat(call.turn()).isEqualTo(1);
    assertThat(call.lab.step().atRest()).isTrue();
  }

  @Test
  void aStarInTheMidstOfDigitsRepeatsTheQuestionAndTheDigitsBeginAnew() {
    call.says("where is my order", "order_status").hearsAll();
    call.presses("45*").hearsAll();
    assertThat(call.saidAll()).contains("What's your five digit order number?");

    call.presses("45812");
    assertThat(call.saidAll()).startsWith("It has shipped.");
  }
}
