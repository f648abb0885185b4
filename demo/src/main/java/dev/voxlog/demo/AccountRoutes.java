package dev.voxlog.demo;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;

/// The caller's account over HTTP, and what is done with their orders.
record AccountRoutes(AcmeAccounts accounts, Clock clock) {
  Answer own(Asked asked) throws SQLException {
    return accounts
        .account(asked.caller())
        .map(account -> new Answer(200, account.toJson(LocalDate.now(clock))))
        .orElseGet(() -> Answer.refusal(404, "no account has this number"));
  }

  Answer pay(Asked asked) throws SQLException {
    BigDecimal amount = new BigDecimal(asked.required("amount"));
    return accounts.pay(asked.caller(), asked.required("order"), amount, asked.key());
  }

  /// An order of nobody's is sent back by anybody, but not by nobody.
  Answer takeBack(Asked asked) throws SQLException {
    if (asked.caller().isEmpty()) {
      return Answer.denied("no-number", "a return is started for a caller whose number is known");
    }
    return accounts.takeBack(
        asked.caller(),
        asked.required("order"),
        asked.required("reason"),
        LocalDate.now(clock),
        asked.key());
  }
}
