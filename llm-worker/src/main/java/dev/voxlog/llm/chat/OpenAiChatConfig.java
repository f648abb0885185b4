package dev.voxlog.llm.chat;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Which model is asked, where, and how long it may take.
///
/// `baseUrl` is the part of the address before `/chat/completions`; `apiKey` goes with every
/// request where there is one. An answer begins within `firstToken` of being asked for, connecting
/// included, and goes on within `betweenTokens`; it has at most `maxTokens` tokens. Without
/// `temperature` the server's own applies; `reasoningEffort` is for models that think before they
/// answer, in words of the server's.
public record OpenAiChatConfig(
    URI baseUrl,
    String model,
    @Nullable String apiKey,
    Duration firstToken,
    Duration betweenTokens,
    int maxTokens,
    @Nullable Double temperature,
    @Nullable String reasoningEffort,
    Duration connectTimeout) {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  public OpenAiChatConfig {
    baseUrl = checked(baseUrl);
    if (model.isBlank()) {
      throw refused("model", "''", "names no model", "write what the server calls it");
    }
    if (apiKey != null && !apiKey.matches("[!-~]+")) {
      throw refused(
          "apiKey",
          "***",
          "is empty or has characters that no key has",
          "write it without spaces or line breaks, or leave it out");
    }
    positive("firstToken", firstToken, "4s");
    positive("betweenTokens", betweenTokens, "3s");
    positive("connectTimeout", connectTimeout, "1s");
    if (maxTokens < 1) {
      throw refused("maxTokens", maxTokens, "lets it say nothing", "write 1 or more, such as 300");
    }
    if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
      throw refused(
          "temperature", temperature, "is none", "write a number from 0 to 2, or leave it out");
    }
    if (reasoningEffort != null && !reasoningEffort.matches("[a-z]{1,20}")) {
      throw refused(
          "reasoningEffort",
          reasoningEffort,
          "is no such word",
          "write one the server knows, such as none, minimal or low");
    }
  }

  public static OpenAiChatConfig of(URI baseUrl, String model, @Nullable String apiKey) {
    return new OpenAiChatConfig(
        baseUrl,
        model,
        apiKey,
        Duration.ofSeconds(4),
        Duration.ofSeconds(3),
        300,
        null,
        null,
        Duration.ofSeconds(1));
  }

  public OpenAiChatConfig withTimeouts(Duration untilFirstToken, Duration betweenAnyTwo) {
    return new OpenAiChatConfig(
        baseUrl,
        model,
        apiKey,
        untilFirstToken,
        betweenAnyTwo,
        maxTokens,
        temperature,
        reasoningEffort,
        connectTimeout);
  }

  /// Whether it is OpenAI's own service, which takes some fields that others do not, and the other
  /// way round.
  boolean isOpenAi() {
    String host = baseUrl.getHost();
    return host.equals("api.openai.com") || host.endsWith(".api.openai.com");
  }

  private static URI checked(URI url) {
    String fix = "write it as in https://api.openai.com/v1";
    boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!isHttp || url.getHost() == null) {
      throw refused("baseUrl", shown(url), "is no http address", fix);
    }
    if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
      throw refused("baseUrl", shown(url), "is more than scheme, host, port and path", fix);
    }
    String text = url.toString().replaceFirst("/+$", "");
    if (text.endsWith("/completions")) {
      throw refused("baseUrl", shown(url), "is the address of one method", "end it with /v1");
    }
    return URI.create(text);
  }

  /// Without what may be a password.
  private static String shown(URI url) {
    return url.getHost() == null
        ? "'" + url.getScheme() + ":…'"
        : url.getScheme() + "://" + url.getHost() + url.getPath();
  }

  private static void positive(String key, Duration value, String example) {
    if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
      throw refused(
          key, value, "is not between nothing and 10 minutes", "write a time such as " + example);
    }
  }

  private static IllegalArgumentException refused(
      String key, Object value, String problem, String fix) {
    return new IllegalArgumentException(
        "llm.chat." + key + " = " + value + " " + problem + ": " + fix);
  }

  /// Without the key.
  @Override
  public String toString() {
    return "OpenAiChatConfig[" + baseUrl + ", " + model + "]";
  }
}
