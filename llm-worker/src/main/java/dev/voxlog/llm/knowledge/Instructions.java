package dev.voxlog.llm.knowledge;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// Sentences in documents that speak to a language model, or to the agent about its callers: no
/// caller is to hear them, and no model to read them. English, and by their usual wordings: who
/// words it otherwise gets by.
final class Instructions {
  private static final Pattern INSTRUCTION =
      Pattern.compile(
          String.join(
              "|",
              "\\b(?:ignore|disregard|forget|override|bypass|skip)\\b.{0,40}\\b(?:instructions?|rules?|prompts?|guidelines?|disclosures?|policies)\\b",
              "\\b(?:system|developer) (?:prompt|message|override|instruction)s?\\b",
              "\\bprompt injection\\b|\\bjailbreak",
              "^\\W*(?:system|assistant|developer|user|instructions?)\\s*:",
              "\\b(?:you are|act as|pretend to be|behave as|roleplay as) (?:now )?(?:an? |the )?(?:unrestricted |helpful |new )?(?:ai|assistant|language model|chatbot|llm|human|dan)\\b",
              "\\bas an? (?:ai|language model|llm|chatbot)\\b",
              "\\b(?:call|invoke|execute|run) (?:the )?(?:function|tool|api)\\b|\\b(?:tool|function)_call|\\b\\w+_\\w+\\s*\\(",
              "^(?:please )?(?:always |never |now )?(?:tell|inform|assure|ask|promise|convince|offer|read|connect|transfer) (?:to )?(?:the |every |all |any |your |this )?(?:caller|customer|user)s?\\b",
              "<\\|.*\\|>|\\[/?inst]|</?(?:document|caller|system|s)>"));
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");

  private Instructions() {}

  static boolean isOne(String sentence) {
    String visible =
        INVISIBLE.matcher(Normalizer.normalize(sentence, Normalizer.Form.NFKC)).replaceAll("");
    return INSTRUCTION.matcher(visible.strip().toLowerCase(Locale.ROOT)).find();
  }
}
