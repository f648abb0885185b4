package dev.voxlog.demo;

import org.jspecify.annotations.Nullable;

/// A call that Acme has promised to make; day, time and reason are as the customer gave them.
public record Callback(
    String id, String phone, @Nullable String day, @Nullable String time, @Nullable String reason) {
  private static final int LONGEST = 500;

  public Callback {
    if (!phone.matches(DialPlan.PHONE)) {
      throw new IllegalArgumentException(
          "phone: must be 7 to 15 digits, a plus sign may come first");
    }
    phone = DialPlan.written(phone);
    check("day", day);
    check("time", time);
    check("reason", reason);
  }

  private static void check(String field, @Nullable String text) {
    if (text != null && text.length() > LONGEST) {
      throw new IllegalArgumentException(field + ": must have at most " + LONGEST + " characters");
    }
  }
}
