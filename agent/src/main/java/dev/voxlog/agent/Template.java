package dev.voxlog.agent;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A wording with places for values: `{orderId}`, `{result.item}`, `{result.total|amount}`; `{{`
/// and `}}` are braces.
public final class Template {
  private sealed interface Part {}

  private record Fixed(String text) implements Part {}

  private record Place(String name, Format format) implements Part {}

  private final String text;
  private final List<Part> parts;

  private Template(String text, List<Part> parts) {
    this.text = text;
    this.parts = parts;
  }

  /// Reads a template.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  public static Template of(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder fixed = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char here = text.charAt(at);
      if ((here == '{' || here == '}') && at + 1 < text.length() && text.charAt(at + 1) == here) {
        fixed.append(here);
        at += 2;
      } else if (here == '{') {
        int end = text.indexOf('}', at);
        if (end < 0) {
          throw new IllegalArgumentException("'{' at character " + (at + 1) + " has no '}'");
        }
        parts.add(new Fixed(fixed.toString()));
        fixed.setLength(0);
        parts.add(place(text.substring(at + 1, end).strip()));
        at = end + 1;
      } else if (here == '}') {
        throw new IllegalArgumentException("'}' at character " + (at + 1) + " has no '{'");
      } else {
        fixed.append(here);
        at++;
      }
    }
    parts.add(new Fixed(fixed.toString()));
    return new Template(text, List.copyOf(parts));
  }

  private static Place place(String inside) {
    int bar = inside.indexOf('|');
    String name = (bar < 0 ? inside : inside.substring(0, bar)).strip();
    if (!name.matches("[A-Za-z][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*")) {
      throw new IllegalArgumentException("{" + inside + "} names no value");
    }
    return new Place(name, bar < 0 ? Format.PLAIN : Format.of(inside.substring(bar + 1).strip()));
  }

  /// The wording with every place filled; empty if a value is missing.
  public Optional<String> fill(Values values) {
    StringBuilder filled = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Fixed(String fixed) -> filled.append(fixed);
        case Place(String name, Format format) -> {
          String value = values.value(name);
          if (value == null || value.isBlank()) {
            return Optional.empty();
          }
          filled.append(format.apply(value));
        }
      }
    }
    return Optional.of(filled.toString());
  }

  /// The names of the places, in order of first use.
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Part part : parts) {
      if (part instanceof Place place) {
        names.add(place.name());
      }
    }
    return names;
  }

  /// Whether it is the same in every call.
  public boolean isFixed() {
    return names().isEmpty();
  }

  /// The wording of a template without places.
  ///
  /// @throws IllegalStateException if it has places
  public String fixed() {
    return fill(_ -> null)
        .orElseThrow(() -> new IllegalStateException("needs values for " + names() + ": " + text));
  }

  /// As written in the agent file.
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Template template && template.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
