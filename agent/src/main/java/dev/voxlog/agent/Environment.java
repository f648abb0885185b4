package dev.voxlog.agent;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// References to environment variables in a text: `${NAME}` or `${NAME:-default}`. They are
/// resolved where the value is used, so that neither secrets nor one machine's addresses travel
/// with the agent file.
public final class Environment {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  private Environment() {}

  /// `text` with every reference replaced by `variables`' value, else by its default.
  ///
  /// @throws IllegalStateException naming the variable that has neither
  public static String expand(String text, Function<String, @Nullable String> variables) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found, variables)));
  }

  /// The same with this process's variables, or system properties of the same name, which come
  /// first.
  public static String expand(String text) {
    return expand(text, Environment::ofThisProcess);
  }

  /// A variable of this process: the system property of that name, else the environment's; null if
  /// neither is set.
  public static @Nullable String ofThisProcess(String name) {
    String property = System.getProperty(name);
    return property == null ? System.getenv(name) : property;
  }

  /// The variables that `text` needs, having no default for them.
  public static Set<String> required(String text) {
    Set<String> names = new LinkedHashSet<>();
    REFERENCE
        .matcher(text)
        .results()
        .filter(each -> each.group(2) == null)
        .forEach(each -> names.add(each.group(1)));
    return names;
  }

  /// Whether `text` is nothing but one reference.
  public static boolean isReference(String text) {
    return REFERENCE.matcher(text).matches();
  }

  /// Whether every `${` opens a well-formed reference.
  public static boolean isWellFormed(String text) {
    return !REFERENCE.matcher(text).replaceAll("").contains("${");
  }

  private static String value(MatchResult found, Function<String, @Nullable String> variables) {
    String name = found.group(1);
    String value = variables.apply(name);
    String result = value == null || value.isEmpty() ? found.group(2) : value;
    if (result == null) {
      throw new IllegalStateException(
          "environment variable %s is not set: set it, or give a default as in ${%s:-value}"
              .formatted(name, name));
    }
    return result;
  }
}
