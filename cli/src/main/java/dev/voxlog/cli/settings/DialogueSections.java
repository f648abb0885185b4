package dev.voxlog.cli.settings;

import static dev.voxlog.cli.settings.Setting.Kind.DURATION;
import static dev.voxlog.cli.settings.Setting.Kind.NUMBER;
import static dev.voxlog.cli.settings.Setting.Kind.SECRET;
import static dev.voxlog.cli.settings.Setting.Kind.TEXT;
import static dev.voxlog.cli.settings.Setting.Kind.WHOLE;
import static dev.voxlog.cli.settings.SettingSections.section;
import static dev.voxlog.cli.settings.SettingSections.setting;
import static dev.voxlog.cli.settings.SettingSections.text;

import dev.voxlog.llm.LlmConfig;
import dev.voxlog.llm.chat.OpenAiChatConfig;
import java.net.URI;
import java.util.Locale;

/// The sections about what is understood and answered.
final class DialogueSections {
  private static final LlmConfig LLM = LlmConfig.DEFAULT;
  private static final OpenAiChatConfig CHAT =
      OpenAiChatConfig.of(URI.create("https://api.openai.com/v1"), "any", null);

  static final SettingTable.Section DIALOGUE =
      section(
          "Understanding and dialogue",
          setting(
              "nlu.zone",
              TEXT,
              "",
              "The time zone in which `tomorrow` is reckoned; the machine's if not set."),
          setting(
              "llm.confirmBelow",
              NUMBER,
              text(LLM.confirmBelow()),
              "Values heard less surely are read back."),
          setting(
              "llm.keysEndAfter",
              DURATION,
              text(LLM.keysEndAfter()),
              "A pause that ends what is typed; keep it at 2s or more, as digits after the tenth may be told 1.5 seconds late."),
          setting(
              "llm.ownershipWait",
              DURATION,
              text(LLM.ownershipWait()),
              "How long a tool call waits for ownership."),
          setting(
              "llm.replayWait",
              DURATION,
              text(LLM.replayWait()),
              "How long a takeover waits for earlier inputs."),
          setting(
              "llm.connectTimeout",
              DURATION,
              text(LLM.connectTimeout()),
              "How long tools may take to connect."),
          setting(
              "llm.goOnWithin",
              DURATION,
              text(LLM.goOnWithin()),
              "A pause after which words without sense are answered."));

  static final SettingTable.Section MODEL =
      section(
          "Language model",
          setting(
              "llm.chat.baseUrl",
              TEXT,
              "",
              "An OpenAI-compatible endpoint (OpenAI, vLLM, Ollama, llama.cpp), as in https://api.openai.com/v1. Without it"
                  + " nothing is asked of a language model."),
          setting("llm.chat.model", TEXT, "", "What the endpoint calls the model."),
          setting("llm.chat.apiKey", SECRET, "", "The endpoint's key, if it wants one."),
          setting(
              "llm.scope",
              TEXT,
              LLM.scope().name().toLowerCase(Locale.ROOT),
              "What the model is asked: `open`, what neither flows nor fixed answers cover; or `all`, every wish of the"
                  + " caller's but what steers the call. What a flow waits for stays the flow's."),
          setting(
              "llm.fillerAfter",
              DURATION,
              text(LLM.fillerAfter()),
              "When the wait for the model's first sentence is bridged."),
          setting(
              "llm.chat.firstToken",
              DURATION,
              text(CHAT.firstToken()),
              "How long the model's first token may take; then the local dialogue answers."),
          setting(
              "llm.chat.betweenTokens",
              DURATION,
              text(CHAT.betweenTokens()),
              "How long each further one may take; then what was said has to do."),
          setting(
              "llm.chat.maxTokens",
              WHOLE,
              text(CHAT.maxTokens()),
              "How long an answer may be, in tokens."),
          setting(
              "llm.chat.temperature", NUMBER, "", "From 0 to 2; the endpoint's own if not set."),
          setting(
              "llm.chat.reasoningEffort",
              TEXT,
              "",
              "For models that think before they answer, in the endpoint's own words, such as `none`, `minimal` or `low`. Thinking"
                  + " counts towards `maxTokens` and delays the first word."),
          setting(
              "llm.chat.connectTimeout",
              DURATION,
              text(CHAT.connectTimeout()),
              "How long the endpoint may take to connect."));

  private DialogueSections() {}
}
