package dev.voxlog.demo;

import java.util.regex.Pattern;

/// Which numbers Acme's staff call. A number that somebody gives must be one of the United States
/// or Canada, and none that costs more; from where callers call themselves does not matter.
final class DialPlan {
  /// How a number can be written.
  static final String PHONE = "[+]?[0-9]{7,15}";

  private static final Pattern OF_THE_COUNTRY =
      Pattern.compile("[+]1(?:[0-9]{7}|[2-9][0-9]{9})|[2-9][0-9]{6}");
  private static final Pattern PREMIUM =
      Pattern.compile("[+]1900[0-9]{7}|[+]1[0-9]{3}976[0-9]{4}|(?:[+]1)?976[0-9]{4}");

  // They are dialled as if they were of the country, and are charged as calls abroad.
  private static final Pattern OVERSEAS =
      Pattern.compile(
          "[+]1(?:242|246|264|268|284|345|441|473|649|658|664|721|758|767|784|809|829|849|868|869|876)[0-9]{7}");

  private DialPlan() {}

  /// The same for each way of writing a number; one without an area code stays as it is.
  static String written(String phone) {
    if (phone.startsWith("00")) {
      return "+" + phone.substring(2);
    }
    if (phone.matches("[2-9][0-9]{9}")) {
      return "+1" + phone;
    }
    return phone.matches("1(?:[0-9]{7}|[0-9]{10})") ? "+" + phone : phone;
  }

  /// Whether this is the number that the caller calls from, whom the carrier names.
  static boolean isOwn(String phone, String caller) {
    return written(phone).equals(written(caller));
  }

  static boolean isCalled(String phone, String caller) {
    String number = written(phone);
    if (PREMIUM.matcher(number).matches()) {
      return false;
    }
    return isOwn(phone, caller)
        || OF_THE_COUNTRY.matcher(number).matches() && !OVERSEAS.matcher(number).matches();
  }
}
