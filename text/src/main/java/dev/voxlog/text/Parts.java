package dev.voxlog.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Collects what is taken out of a text; what overlaps, or has only hesitation between, is one.
final class Parts {
  private final String text;
  private final List<Masked.Part> parts = new ArrayList<>();

  Parts(String text) {
    this.text = text;
  }

  void add(Masked.Part part) {
    parts.add(part);
  }

  /// Adds pieces of `read` by their position there.
  void add(Pieces read, Map<Integer, MaskKind> found) {
    Masked.Part open = null;
    for (int i = 0; i < read.all().size(); i++) {
      Piece piece = read.all().get(i);
      MaskKind kind = found.get(i);
      if (open != null && (kind == null || !piece.follows() || kind != open.kind())) {
        parts.add(open);
        open = null;
      }
      if (kind != null) {
        int start = open == null ? piece.start() : open.start();
        open = new Masked.Part(start, piece.end(), kind);
      }
    }
    if (open != null) {
      parts.add(open);
    }
  }

  Masked masked() {
    List<Masked.Part> apart = new ArrayList<>();
    for (Masked.Part part :
        parts.stream().sorted(Comparator.comparingInt(Masked.Part::start)).toList()) {
      Masked.Part last = apart.isEmpty() ? null : apart.getLast();
      if (last == null || last.end() <= part.start()) {
        apart.add(part);
      } else {
        apart.set(
            apart.size() - 1,
            new Masked.Part(
                last.start(), Math.max(last.end(), part.end()), surer(last.kind(), part.kind())));
      }
    }
    return new Masked(text, apart);
  }

  private static MaskKind surer(MaskKind first, MaskKind second) {
    return Stream.of(MaskKind.IBAN, MaskKind.SOCIAL_SECURITY_NUMBER, MaskKind.CARD)
        .filter(kind -> kind == first || kind == second)
        .findFirst()
        .orElse(first);
  }
}
