package dev.voxlog.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What masking costs, by the memory it asks for, which tells the work on any machine.
class LongTextTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// The longest text that is masked at once.
  private static final int LONGEST = 8_000;

  private static final int BYTES_A_CHARACTER = 6_000;

  private final Masker masker = new Masker(ShopCaller.agent(true, true, true));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a ",
        "a4 ",
        "a 4 ",
        "4 and ",
        "4 and 4 no ",
        "1234 and ",
        "x1",
        "7 x ",
        "a b c d ",
        "XX11 ",
        "DE8 ",
        "4111 1111 1111 1111 ",
        "48213 and ",
        "0 and ",
        "hello, do you sell garden chairs? "
      })
  void howeverLongATextIsMaskingItCostsTheSameForEachCharacter(String words) {
    long half = bytes(words, LONGEST / 2);
    long whole = bytes(words, LONGEST);

    assertThat(whole).isLessThan(5 * half / 2).isLessThan((long) LONGEST * BYTES_A_CHARACTER);
  }

  private long bytes(String words, int length) {
    String text = words.repeat(length / words.length());
    long before = THREADS.getCurrentThreadAllocatedBytes();
    masker.mask(text, Heard.NOTHING, Awaited.ANYTHING, true);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
