package dev.voxlog.ingress.twilio;

import java.util.Map;
import java.util.TreeMap;

/// The TwiML documents ingress answers with.
public final class Twiml {
  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>";
  private static final String TAIL = "</Response>\n";

  private Twiml() {}

  /// Connects the call to the stream; once that is over, the carrier asks `afterUrl` what comes
  /// next.
  public static String connect(String streamUrl, Map<String, String> parameters, String afterUrl) {
    StringBuilder xml = new StringBuilder(HEAD);
    xml.append("<Connect><Stream url=\"").append(escape(streamUrl)).append("\">");
    new TreeMap<>(parameters)
        .forEach((name, value) ->
            xml.append("<Parameter name=\"")
                .append(escape(name))
                .append("\" value=\"")
                .append(escape(value))
                .append("\"/>"));
    xml.append("</Stream></Connect><Redirect method=\"POST\">")
        .append(escape(afterUrl))
        .append("</Redirect>");
    return xml.append(TAIL).toString();
  }

  public static String hangUp() {
    return HEAD + "<Hangup/>" + TAIL;
  }

  /// Does not take the call: the caller hears that the line is busy, and nothing is charged.
  public static String busy() {
    return HEAD + "<Reject reason=\"busy\"/>" + TAIL;
  }

  /// Takes the call to say why it cannot be served, and ends it.
  public static String refuse(String message) {
    return HEAD + "<Say>" + escape(message) + "</Say><Hangup/>" + TAIL;
  }

  /// Hands the call to a phone number, or to a SIP address that begins with `sip:`.
  public static String dial(String destination) {
    String target = escape(destination);
    return HEAD
        + "<Dial>"
        + (destination.startsWith("sip:") ? "<Sip>" + target + "</Sip>" : target)
        + "</Dial>"
        + TAIL;
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&apos;");
            default -> escaped.appendCodePoint(isXml(c) ? c : ' ');
          }
        });
    return escaped.toString();
  }

  private static boolean isXml(int c) {
    boolean isSurrogate = c >= 0xD800 && c <= 0xDFFF;
    return c == '\t' || (c >= 0x20 && c < 0xFFFE && !isSurrogate) || c > 0xFFFF;
  }
}
