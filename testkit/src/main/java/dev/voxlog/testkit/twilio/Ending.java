package dev.voxlog.testkit.twilio;

/// How a call ended.
public sealed interface Ending {
  /// It has not.
  record Ongoing() implements Ending {}

  /// The caller hung up.
  record ByCaller() implements Ending {}

  /// The TwiML said so, or had nothing more to say.
  record ByAgent() implements Ending {}

  /// The TwiML dialled somebody else.
  record Transferred(String number) implements Ending {}

  /// The application broke, as Twilio would say to the caller.
  record Failed(String reason) implements Ending {}
}
