package dev.voxlog.ingress;

import java.util.List;

/// Withholds each key until the caller has pressed none for a second, and masks one word.
final class WithholdingMask implements CallerMask {
  private final String masked;
  private String withheld = "";
  private long lastMs;

  /// Masks a number.
  WithholdingMask() {
    this("4111");
  }

  WithholdingMask(String masked) {
    this.masked = masked;
  }

  @Override
  public String typed(String text, long mediaMs) {
    return text.replace(masked, "[masked]");
  }

  @Override
  public List<String> pressed(String key, long mediaMs) {
    withheld += key;
    lastMs = mediaMs;
    return List.of("x");
  }

  @Override
  public List<String> resting(long mediaMs) {
    return mediaMs - lastMs >= 1_000 ? ending() : List.of();
  }

  @Override
  public List<String> ending() {
    List<String> told = withheld.isEmpty() ? List.of() : List.of("x" + withheld);
    withheld = "";
    return told;
  }
}
