package dev.voxlog.ingress.realtime;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// What a client asked cannot be done; it is told so by an `error` event, and the session goes on.
///
/// The message never quotes what the client sent, which may be what its user said; the names of its
/// fields are in `param` alone.
public final class ProtocolFault extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private static final int LONGEST_PARAM = 128;

  private final String code;
  private final @Nullable String param;

  public ProtocolFault(String code, @Nullable String param, String message) {
    super(message);
    this.code = code;
    this.param = param;
  }

  /// The field is none that the protocol has, or none that is known here.
  static ProtocolFault unknown(String param) {
    String named = param.length() > LONGEST_PARAM ? param.substring(0, LONGEST_PARAM) : param;
    return new ProtocolFault("unknown_parameter", named, "There is no parameter of this name.");
  }

  static ProtocolFault missing(String param) {
    return new ProtocolFault("missing_required_parameter", param, "'" + param + "' is missing.");
  }

  static ProtocolFault invalid(String param, String message) {
    return new ProtocolFault("invalid_value", param, message);
  }

  /// The protocol has it, this server has not.
  static ProtocolFault unsupported(String param, String message) {
    return new ProtocolFault("unsupported_value", param, message);
  }

  public String code() {
    return code;
  }

  public @Nullable String param() {
    return param;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
