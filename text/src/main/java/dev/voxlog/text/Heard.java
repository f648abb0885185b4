package dev.voxlog.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What of the utterances before still counts for the next one: a number may be said over several.
///
/// It follows from what was written of them alone, so that whoever reads that knows it too, and
/// holds no digit that is masked.
public final class Heard {
  /// Nothing was said before.
  public static final Heard NOTHING = new Heard(List.of(), Set.of(), true, "", Long.MIN_VALUE / 2);

  /// Who reads a number aloud pauses, and may be spoken to meanwhile; after longer than this
  /// another number has begun.
  private static final long COUNTS_FOR_MS = 20_000;

  private static final int MOST = 12;
  private static final byte FOLLOWS = 1;
  private static final byte CORRECTION = 2;
  private static final byte ALONE = 4;
  private static final byte OPEN = 8;

  private final List<Piece> pieces;
  private final Set<Topics> topics;
  private final boolean isOpen;
  private final String spelled;
  private final long endMs;

  private Heard(
      List<Piece> pieces, Set<Topics> topics, boolean isOpen, String spelled, long endMs) {
    this.pieces = List.copyOf(pieces);
    this.topics = Set.copyOf(topics);
    this.isOpen = isOpen;
    this.spelled = spelled;
    this.endMs = endMs;
  }

  List<Piece> pieces() {
    return pieces;
  }

  Set<Topics> topics() {
    return topics;
  }

  boolean isOpen() {
    return isOpen;
  }

  /// The letters and digits that the next utterance may go on with.
  String spelled() {
    return spelled;
  }

  /// What is left of it at `mediaMs`.
  public Heard at(long mediaMs) {
    return mediaMs - endMs > COUNTS_FOR_MS ? NOTHING : this;
  }

  /// With an utterance, by the text that is written of it, from `onsetMs` to `endMs`.
  public Heard and(String written, long onsetMs, long endMs) {
    Heard before = at(onsetMs);
    Pieces read = Pieces.of(written, false);
    Set<Topics> own = Topics.of(read.tokens());
    Set<Topics> kept = own.isEmpty() ? before.topics : own;
    String rest = Spelled.of(written, false).rest(before.spelled);
    if (read.all().isEmpty() && own.isEmpty()) {
      long lastMs = rest.equals(before.spelled) ? before.endMs : endMs;
      return new Heard(before.pieces, kept, before.isOpen && read.isOpen(), rest, lastMs);
    }
    List<Piece> all = before.with(read.all());
    return new Heard(
        all.subList(Math.max(0, all.size() - MOST), all.size()),
        kept,
        read.isOpen() && (before.isOpen || !read.all().isEmpty()),
        rest,
        endMs);
  }

  /// The pieces so far and those of the next utterance.
  List<Piece> with(List<Piece> next) {
    List<Piece> all = new ArrayList<>(pieces);
    for (int i = 0; i < next.size(); i++) {
      Piece piece = next.get(i);
      all.add(i > 0 ? piece : piece.thatFollows(piece.follows() && isOpen));
    }
    return all;
  }

  public byte[] bytes() {
    int size = pieces.stream().mapToInt(each -> 2 + each.length()).sum();
    ByteBuffer to = ByteBuffer.allocate(Long.BYTES + 3 + size + 1 + spelled.length());
    to.putLong(endMs).put(isOpen ? OPEN : 0).put(bits(topics)).put((byte) pieces.size());
    for (Piece piece : pieces) {
      to.put(
              (byte)
                  ((piece.follows() ? FOLLOWS : 0)
                      | (piece.isCorrection() ? CORRECTION : 0)
                      | (piece.isAlone() ? ALONE : 0)))
          .put((byte) piece.length())
          .put(ascii(piece.digits()));
    }
    to.put((byte) spelled.length()).put(ascii(spelled));
    return to.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(ByteBuffer from) {
    byte[] bytes = new byte[from.get()];
    from.get(bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /// Reads what [#bytes()] gave, or an older version's, which ends before what was spelled.
  public static Heard read(ByteBuffer from) {
    long endMs = from.getLong();
    boolean isOpen = from.get() == OPEN;
    Set<Topics> topics = topics(from.get());
    int count = from.get();
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte flags = from.get();
      String digits = text(from);
      pieces.add(
          new Piece(
              0,
              0,
              digits,
              (flags & FOLLOWS) != 0,
              (flags & CORRECTION) != 0,
              (flags & ALONE) != 0));
    }
    String spelled = from.hasRemaining() ? text(from) : "";
    return new Heard(pieces, topics, isOpen, spelled, endMs);
  }

  private static byte bits(Set<Topics> topics) {
    return (byte) topics.stream().mapToInt(each -> 1 << each.ordinal()).sum();
  }

  private static Set<Topics> topics(byte bits) {
    EnumSet<Topics> topics = EnumSet.noneOf(Topics.class);
    for (Topics topic : Topics.values()) {
      if ((bits & 1 << topic.ordinal()) != 0) {
        topics.add(topic);
      }
    }
    return topics;
  }
}
