package dev.voxlog.agent.reading;

import dev.voxlog.agent.Endpointing;
import dev.voxlog.agent.Engines;
import dev.voxlog.agent.Interruption;
import dev.voxlog.agent.Limits;
import dev.voxlog.agent.Masking;
import dev.voxlog.agent.Prompt;
import dev.voxlog.agent.Prompts;
import dev.voxlog.agent.Realtime;
import dev.voxlog.agent.Silence;
import dev.voxlog.agent.Template;
import dev.voxlog.agent.Voice;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the sections that say how the agent listens, speaks and behaves. A section that is absent
/// or refused gives the platform's defaults.
final class Policies {
  private Policies() {}

  static Voice voice(@Nullable Section section) {
    if (section == null) {
      return Voice.DEFAULT;
    }
    Voice.Engine engine = section.choice("engine", Voice.DEFAULT.engine());
    String speaker = section.text("speaker");
    double pace = section.number("pace", Voice.DEFAULT.pace());
    Map<String, String> pronunciations = section.textMap("pronunciations");
    return or(Voice.DEFAULT, section.build(() -> new Voice(engine, speaker, pace, pronunciations)));
  }

  static Engines engines(@Nullable Section section) {
    if (section == null) {
      return Engines.DEFAULT;
    }
    List<String> stt = section.has("stt") ? section.texts("stt") : Engines.DEFAULT.stt();
    List<String> llm = section.texts("llm");
    return or(Engines.DEFAULT, section.build(() -> new Engines(stt, llm)));
  }

  static Endpointing endpointing(@Nullable Section section) {
    if (section == null) {
      return Endpointing.DEFAULT;
    }
    Duration min = section.duration("min", Endpointing.DEFAULT.min());
    Duration max = section.duration("max", Endpointing.DEFAULT.max());
    return or(Endpointing.DEFAULT, section.build(() -> new Endpointing(min, max)));
  }

  static Interruption interruption(@Nullable Section section) {
    Interruption usual = Interruption.DEFAULT;
    if (section == null) {
      return usual;
    }
    Duration minDuration =
        section.duration("minInterruptionDuration", usual.minInterruptionDuration());
    int minWords = section.integer("minInterruptionWords", usual.minInterruptionWords());
    Duration timeout =
        section.duration("falseInterruptionTimeout", usual.falseInterruptionTimeout());
    boolean resumes = section.flag("resumeFalseInterruption", usual.resumeFalseInterruption());
    List<String> backchannels =
        section.has("backchannels") ? section.texts("backchannels") : usual.backchannels();
    return or(
        usual,
        section.build(
            () -> new Interruption(minDuration, minWords, timeout, resumes, backchannels)));
  }

  static Silence silence(@Nullable Section section) {
    if (section == null) {
      return Silence.DEFAULT;
    }
    Duration repromptAfter = section.duration("repromptAfter", Silence.DEFAULT.repromptAfter());
    int reprompts = section.integer("reprompts", Silence.DEFAULT.reprompts());
    Duration goodbyeAfter = section.duration("goodbyeAfter", Silence.DEFAULT.goodbyeAfter());
    return or(
        Silence.DEFAULT, section.build(() -> new Silence(repromptAfter, reprompts, goodbyeAfter)));
  }

  static Limits limits(@Nullable Section section) {
    if (section == null) {
      return Limits.DEFAULT;
    }
    Duration maxCallDuration =
        section.duration("maxCallDuration", Limits.DEFAULT.maxCallDuration());
    int maxTurns = section.integer("maxTurns", Limits.DEFAULT.maxTurns());
    int maxNotUnderstood = section.integer("maxNotUnderstood", Limits.DEFAULT.maxNotUnderstood());
    return or(
        Limits.DEFAULT,
        section.build(() -> new Limits(maxCallDuration, maxTurns, maxNotUnderstood)));
  }

  static Masking masking(@Nullable Section section) {
    Masking usual = Masking.DEFAULT;
    if (section == null) {
      return usual;
    }
    boolean cards = section.flag("cards", usual.cards());
    boolean numbers = section.flag("socialSecurityNumbers", usual.socialSecurityNumbers());
    boolean ibans = section.flag("ibans", usual.ibans());
    return or(usual, section.build(() -> new Masking(cards, numbers, ibans)));
  }

  static Realtime realtime(@Nullable Section section) {
    Realtime usual = Realtime.DEFAULT;
    if (section == null) {
      return usual;
    }
    boolean instructions = section.flag("instructions", usual.instructions());
    boolean voice = section.flag("voice", usual.voice());
    Map<String, String> voices = section.textMap("voices");
    return or(usual, section.build(() -> new Realtime(instructions, voice, voices)));
  }

  static Prompts prompts(@Nullable Section section) {
    if (section == null) {
      return Prompts.DEFAULT;
    }
    Map<Prompt, List<Template>> own = new EnumMap<>(Prompt.class);
    for (Prompt prompt : Prompt.values()) {
      List<Template> wordings = section.templates(prompt.key());
      if (!wordings.isEmpty()) {
        own.put(prompt, wordings);
      }
      wordings.stream()
          .flatMap(each -> each.names().stream())
          .filter(name -> !prompt.places().contains(name))
          .forEach(name ->
              section.report(
                  prompt.key(), "{" + name + "} has no value in this wording", places(prompt)));
    }
    return or(Prompts.DEFAULT, section.build(() -> new Prompts(own)));
  }

  private static String places(Prompt prompt) {
    return prompt.places().isEmpty()
        ? "write it without places"
        : "only {" + String.join("}, {", prompt.places()) + "} is known here";
  }

  private static <T> T or(T fallback, @Nullable T built) {
    return built == null ? fallback : built;
  }
}
