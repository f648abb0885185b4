package dev.voxlog.agent;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The person behind the agent: `number` in E.164 form, dialled once `announce` has been heard.
public record Transfer(String number, Template announce) {
  public Transfer {
    new Rules()
        .that(
            number.matches("\\+[1-9]\\d{4,14}") || Environment.isReference(number),
            "number",
            number,
            "is no phone number in international form",
            "write number: \"+15550100\", plus and country code first")
        .enforce();
  }

  /// The number to dial, with `variables` for a `${NAME:-default}`.
  ///
  /// @throws IllegalStateException if a variable is missing
  public String number(Function<String, @Nullable String> variables) {
    return Environment.expand(number, variables);
  }
}
