package dev.voxlog.agent;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The tool that is called once when a call begins, while the greeting is spoken: who calls is
/// known by their number before they say anything. The call goes on without where it fails.
///
/// Its answer is found under `as` in templates and conditions, as in `account.name`; `say` are
/// wordings with which the first answer begins; `told` are the answer's fields that a language
/// model is told, as data.
public record Start(
    String as,
    String tool,
    Map<String, Template> arguments,
    List<Template> say,
    List<String> told) {
  /// The answer's name where the file gives none.
  public static final String AS = "account";

  public Start {
    arguments = Map.copyOf(arguments);
    say = List.copyOf(say);
    told = List.copyOf(told);
    new Rules()
        .that(
            Agent.isName(as) && !as.equals(Values.RESULT) && !as.equals(Values.CALLER),
            "as",
            as,
            "is no name that is free",
            "write as: account")
        .enforce();
  }

  /// Whether a place in a wording is part of the answer.
  public boolean has(String place) {
    return place.startsWith(as + ".");
  }

  Stream<Template> wordings() {
    return say.stream();
  }
}
