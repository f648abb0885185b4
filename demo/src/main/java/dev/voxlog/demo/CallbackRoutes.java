package dev.voxlog.demo;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Callbacks over HTTP.
record CallbackRoutes(AcmeCallbacks callbacks, Clock clock) {
  Answer book(Asked asked) throws SQLException {
    Callback wanted =
        new Callback(
            UUID.randomUUID().toString(),
            asked.required("phone"),
            asked.text("day"),
            asked.text("time"),
            asked.text("reason"));
    return callbacks.book(wanted, asked.caller(), LocalDate.now(clock), asked.key());
  }

  /// Nobody's own are none.
  Answer own(Asked asked) throws SQLException {
    String caller = asked.caller();
    List<Callback> own = caller.isEmpty() ? List.of() : callbacks.of(caller);
    return new Answer(200, Map.of("callbacks", own));
  }
}
