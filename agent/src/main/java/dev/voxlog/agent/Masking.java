package dev.voxlog.agent;

/// What callers say is not written down: `cards` are the numbers of payment cards and the security
/// codes said with them.
public record Masking(boolean cards, boolean socialSecurityNumbers, boolean ibans) {
  public static final Masking DEFAULT = new Masking(true, false, false);
}
