package dev.voxlog.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberRunTest {
  /// The longest text that may be typed.
  private static final int LONGEST = 4_000;

  private static final int LOOKS_PER_WORD = 50;

  /// Counts how often its tokens are looked at.
  private static final class Watched extends AbstractList<Token> {
    private final List<Token> tokens;
    private long looks;

    Watched(List<Token> tokens) {
      this.tokens = tokens;
    }

    @Override
    public Token get(int at) {
      looks++;
      return tokens.get(at);
    }

    @Override
    public int size() {
      return tokens.size();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to ",
        "for to ",
        "to for ate won ",
        "to uh ",
        "one ",
        "double ",
        "a ",
        "oh ",
        "x "
      })
  void howeverLongATextIsEachWordIsLookedAtAFewTimes(String words) {
    Watched tokens = new Watched(Token.of(words.repeat(LONGEST / words.length())));
    NumberRun.of(tokens, true);
    NumberRun.of(tokens, false);

    assertThat(tokens.looks).isLessThan((long) LOOKS_PER_WORD * tokens.size());
  }

  @Test
  void whatOnlySoundsLikeDigitsHidesNoNumberThatFollows() {
    List<Token> tokens = Token.of("to for to well one for two to");
    assertThat(NumberRun.of(tokens, true)).extracting(NumberRun::digits).containsExactly("1422");
    assertThat(NumberRun.of(tokens, false)).extracting(NumberRun::digits).containsExactly("142");
  }
}
