package dev.voxlog.nlu.entities;

import static dev.voxlog.nlu.entities.Finding.FINDER;
import static dev.voxlog.nlu.entities.Finding.TUESDAY;
import static dev.voxlog.nlu.entities.Finding.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.voxlog.schemas.CallEvent.Answer;
import dev.voxlog.schemas.Entity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "my name is sarah connor | Sarah Connor",
        "My name is Sarah Connor. | Sarah Connor",
        "My name is Sarah Connor and I'm calling about my order. | Sarah Connor",
        "My name is Sarah Connor, I have a question. | Sarah Connor",
        "Hi, my name's Tom. | Tom",
        "This is Tom Hardy speaking. | Tom Hardy",
        "Hello, this is Mary from Boston. | Mary",
        "I'm Ludwig van Beethoven. | Ludwig van Beethoven",
        "I am Anna Maria Schmidt | Anna Maria Schmidt",
        "Sarah Connor speaking. | Sarah Connor",
        "Hello, Tom here. | Tom",
        "the order is under the name Miller | Miller",
        "my name is sean o'connor | Sean O'Connor",
        "S A R A H | Sarah",
        "it's s a r a h please | Sarah",
        "S-A-R-A-H. | Sarah",
        "S, A, R, A, H. | Sarah",
        "Sara, S A R A H | Sarah",
        "Sarah Conor, C O N N O R | Sarah Connor",
        "Sarah Conor, that's C O double N O R. | Sarah Connor",
        "My name is Sarah Conor, spelled C O N N O R. | Sarah Connor",
        "my name is sara s a r a h connor c o n n o r | Sarah Connor",
        "my name is jon j o n | Jon",
        "my last name is c o n n o r | Connor",
        "my name is lee l e e | Lee",
        "my name is li l i | Li",
        "my name is mike m i k e | Mike",
        "Sierra alpha romeo alpha hotel | Sarah",
        "S for sugar A R A H | Sarah"
      })
  void namesAreFoundHoweverTheyAreGiven(String text, String name) {
    assertThat(values(text, "name", Answer.ANYTHING)).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "This is ridiculous.",
        "this is about my order",
        "I'm calling about my order.",
        "I am not happy",
        "My name is not on the list.",
        "my name is spelled wrong",
        "My name is difficult to pronounce.",
        "What's the name of the carrier?",
        "the name is wrong",
        "I want to return it.",
        "are you there",
        "I see",
        "a b",
        "call me at 5550134",
        "Is anybody here?",
        "Where is order 45812?",
        "put it in the U S A please I live there"
      })
  void otherWordsAreNone(String text) {
    assertThat(values(text, "name", Answer.ANYTHING)).isEmpty();
  }

  @Test
  void whereACodeIsAwaitedLettersAreNoName() {
    assertThat(values("S A R A H", "name", Answer.CODE)).isEmpty();
    assertThat(values("S A R A H", "code", Answer.CODE)).containsExactly("SARAH");
  }

  @Test
  void itsPlaceIsInTheTextAndNumbersBesideItAreToldToo() {
    Entity name =
        FINDER.find("My name is Sarah Connor, 45812.", TUESDAY, Answer.ANYTHING).getFirst();
    assertThat(name.text()).isEqualTo("Sarah Connor");
    assertThat(values("My name is Sarah Connor, 45812.", "orderId", Answer.ANYTHING))
        .containsExactly("45812");
  }
}
