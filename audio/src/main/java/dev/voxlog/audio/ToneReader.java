package dev.voxlog.audio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds tone codes in one stream: which symbol sounds at each 5 ms, then where these make frames.
final class ToneReader {
  private static final int HOP = ToneCode.RATE * 5 / 1_000;
  private static final int HOPS = ToneCode.SYMBOL / HOP;
  private static final int FRAME_HOPS = HOPS * ToneCode.FRAME_SYMBOLS;
  private static final int WINDOW = ToneCode.RATE * 30 / 1_000;

  /// Where in its symbol a window lies.
  private static final int INSET_HOPS = (ToneCode.SYMBOL - WINDOW) / 2 / HOP;

  private static final int NO_SYMBOL = -1;

  /// Below −60 dBFS nothing is heard.
  private static final double QUIET_POWER = 32.0 * 32.0;

  private static final double BOTH_TONES = 0.75;
  private static final double EACH_TONE = 0.2;

  /// Where a sound's edge is, as a part of its mean power.
  private static final double EDGE_POWER = 0.3;

  private static final int EDGE_WINDOW = HOP / 2;
  private static final int EDGE_STEP = HOP / 8;

  private final short[] pcm;
  private final int[] symbols;
  private final double[] clearness;

  ToneReader(short[] pcm) {
    this.pcm = pcm;
    int windows = Math.max(0, (pcm.length - WINDOW) / HOP + 1);
    symbols = new int[windows];
    clearness = new double[windows];
    for (int window = 0; window < windows; window++) {
      symbols[window] = listen(window);
    }
  }

  List<ToneCode.Heard> read() {
    List<ToneCode.Heard> found = new ArrayList<>();
    int free = 0;
    // A stream may begin inside a frame's first symbol.
    for (int hop = -INSET_HOPS; hop < symbols.length; hop++) {
      int[] frame = frameAt(hop);
      if (frame.length > 0 && hop * HOP >= free - ToneCode.SYMBOL) {
        ToneCode.Heard code = follow(frame, clearest(hop), free);
        found.add(code);
        free = code.endSample();
        hop = Math.max(hop, free / HOP - HOPS);
      }
    }
    return found;
  }

  /// The symbol that fills a window, and how clearly.
  private int listen(int window) {
    int from = window * HOP;
    double energy = 0;
    for (int i = from; i < from + WINDOW; i++) {
      energy += (double) pcm[i] * pcm[i];
    }
    if (energy / WINDOW < QUIET_POWER) {
      return NO_SYMBOL;
    }
    double[] low =
        Arrays.stream(ToneCode.LOW_HERTZ).mapToDouble(hertz -> power(from, hertz)).toArray();
    double[] high =
        Arrays.stream(ToneCode.HIGH_HERTZ).mapToDouble(hertz -> power(from, hertz)).toArray();
    int row = loudest(low);
    int column = loudest(high);
    // A lone sine of the window's length has the power energy · WINDOW / 2.
    double lowShare = low[row] / (energy * WINDOW / 2);
    double highShare = high[column] / (energy * WINDOW / 2);
    if (lowShare < EACH_TONE || highShare < EACH_TONE || lowShare + highShare < BOTH_TONES) {
      return NO_SYMBOL;
    }
    clearness[window] = lowShare + highShare;
    return row * ToneCode.HIGH_HERTZ.length + column;
  }

  /// Squared magnitude at a frequency (Goertzel 1958).
  private double power(int from, int hertz) {
    double turn = 2 * Math.cos(2 * Math.PI * hertz / ToneCode.RATE);
    double last = 0;
    double beforeLast = 0;
    for (int i = from; i < from + WINDOW; i++) {
      double next = pcm[i] + turn * last - beforeLast;
      beforeLast = last;
      last = next;
    }
    return last * last + beforeLast * beforeLast - turn * last * beforeLast;
  }

  private static int loudest(double[] powers) {
    int best = 0;
    for (int i = 1; i < powers.length; i++) {
      best = powers[i] > powers[best] ? i : best;
    }
    return best;
  }

  private int symbolAt(int frameHop, int position) {
    int window = frameHop + position * HOPS + INSET_HOPS;
    return window < 0 || window >= symbols.length ? NO_SYMBOL : symbols[window];
  }

  /// The frame that begins at a hop, empty if none does. A first frame is believed without its
  /// checksum where the sound stops.
  private int[] frameAt(int hop) {
    int marker = symbolAt(hop, 0);
    if (marker != ToneCode.START && marker != ToneCode.REPEAT) {
      return new int[0];
    }
    int[] frame = new int[ToneCode.FRAME_SYMBOLS];
    frame[0] = marker;
    for (int i = 1; i <= ToneCode.DIGITS; i++) {
      frame[i] = symbolAt(hop, i);
      if (frame[i] < 0 || frame[i] > 15) {
        return new int[0];
      }
    }
    int last = ToneCode.FRAME_SYMBOLS - 1;
    frame[last] = ToneCode.checksum(frame);
    int heard = symbolAt(hop, last);
    boolean isCutThere =
        heard == NO_SYMBOL && marker == ToneCode.START && isSilentAfter(hop + FRAME_HOPS);
    return heard == frame[last] || isCutThere ? frame : new int[0];
  }

  private boolean isSilentAfter(int hop) {
    return meanPower(hop * HOP, (hop + HOPS) * HOP) < QUIET_POWER;
  }

  /// Of the hops from here on that could begin the same frame, the one where all its symbols are
  /// clearest.
  private int clearest(int hop) {
    int best = hop;
    for (int other = hop; other < hop + HOPS && frameAt(other).length > 0; other++) {
      best = clearness(other) > clearness(best) ? other : best;
    }
    return best;
  }

  private double clearness(int hop) {
    double sum = 0;
    for (int i = 0; i < ToneCode.FRAME_SYMBOLS; i++) {
      int window = hop + i * HOPS + INSET_HOPS;
      sum += window < 0 || window >= clearness.length ? 0 : clearness[window];
    }
    return sum;
  }

  /// How far the sound of one found frame reaches to both sides.
  private ToneCode.Heard follow(int[] frame, int hop, int free) {
    boolean hasStart = frame[0] == ToneCode.START;
    int[] repeated = frame.clone();
    repeated[0] = ToneCode.REPEAT;
    int end = ToneCode.FRAME_SYMBOLS;
    while (end > 1 && symbolAt(hop, end - 1) == NO_SYMBOL) {
      end--;
    }
    while (symbolAt(hop, end) == repeated[end % ToneCode.FRAME_SYMBOLS]) {
      end++;
    }
    // The end tone cuts into whichever symbol it meets.
    int endHop = hop + end * HOPS;
    int endTone = endToneFrom(endHop - HOPS);
    int begin = 0;
    while (!hasStart
        && symbolAt(hop, begin - 1) == repeated[Math.floorMod(begin - 1, ToneCode.FRAME_SYMBOLS)]) {
      begin--;
    }
    int startSample = Math.max(free, edge((hop + begin * HOPS) * HOP, -1));
    int endSample = edge(endTone >= 0 ? endTone * HOP + ToneCode.SYMBOL : endHop * HOP, 1);
    int id = frame[1] << 12 | frame[2] << 8 | frame[3] << 4 | frame[4];
    return new ToneCode.Heard(id, startSample, endSample, hasStart, endTone >= 0);
  }

  /// The hop within the next two symbols at which an end tone begins, −1 if none does.
  private int endToneFrom(int hop) {
    int best = -1;
    for (int each = hop; each <= hop + 2 * HOPS; each++) {
      if (symbolAt(each, 0) == ToneCode.END
          && (best < 0 || clearness[each + INSET_HOPS] > clearness[best + INSET_HOPS])) {
        best = each;
      }
    }
    return best;
  }

  /// The exact place of an edge known to a symbol: from the quiet side inwards to where it gets
  /// loud. Without a quiet side it stays where it is.
  private int edge(int sample, int direction) {
    int inside = sample - 2 * direction * ToneCode.SYMBOL;
    double wanted = EDGE_POWER * meanPower(Math.min(sample, inside), Math.max(sample, inside));
    int outside = sample + direction * ToneCode.SYMBOL;
    int at = outside;
    while (powerInside(at, direction) < wanted && (sample - at) * direction < ToneCode.SYMBOL) {
      at -= direction * EDGE_STEP;
    }
    return Math.clamp(at == outside ? sample : at, 0, pcm.length);
  }

  /// The power of the 2.5 ms on the inner side of a sample.
  private double powerInside(int at, int direction) {
    return direction > 0 ? meanPower(at - EDGE_WINDOW, at) : meanPower(at, at + EDGE_WINDOW);
  }

  /// What lies beyond the stream is silence.
  private double meanPower(int from, int to) {
    int first = Math.clamp(from, 0, pcm.length);
    int last = Math.clamp(to, first, pcm.length);
    double energy = 0;
    for (int i = first; i < last; i++) {
      energy += (double) pcm[i] * pcm[i];
    }
    return energy / Math.max(1, to - from);
  }
}
