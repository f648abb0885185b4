package dev.voxlog.schemas.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/// How to reach a registry, by the keys that Confluent's clients have made usual.
///
/// `urls` are tried in order; a whole request, with all its tries, takes no longer than `patience`.
public record RegistrySettings(
    List<URI> urls,
    @Nullable String authorization,
    @Nullable SSLContext tls,
    Duration connectTimeout,
    Duration readTimeout,
    int retries,
    Duration retryWait,
    Duration patience) {
  public static final String URL = "schema.registry.url";
  public static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
  public static final String USER_INFO = "basic.auth.user.info";

  private static final String NAMESPACE = "schema.registry.";
  private static final String TLS_NAMESPACE = NAMESPACE + "ssl.";

  public RegistrySettings {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new ConfigException(URL, "", "name at least one registry, such as http://host:8081");
    }
  }

  /// One registry without authentication, with the usual time-outs.
  public static RegistrySettings of(URI url) {
    return from(Map.of(URL, url.toString()));
  }

  /// Reads client properties; keys may carry the prefix `schema.registry.` where Confluent's do.
  public static RegistrySettings from(Map<String, ?> keys) {
    List<URI> urls = new ArrayList<>();
    String inUrl = null;
    for (String text : text(keys, URL, "").split(",")) {
      if (!text.isBlank()) {
        URI url = url(text.strip());
        inUrl = inUrl == null ? url.getUserInfo() : inUrl;
        urls.add(withoutUser(url));
      }
    }
    return new RegistrySettings(
        urls,
        authorization(keys, inUrl),
        tls(keys),
        millis(keys, "http.connect.timeout.ms", 2_000),
        millis(keys, "http.read.timeout.ms", 5_000),
        (int) millis(keys, "max.retries", 3).toMillis(),
        millis(keys, "retries.wait.ms", 100),
        millis(keys, "request.patience.ms", 10_000));
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException _) {
      // reported below: the text itself may hold a password
    }
    throw new ConfigException(
        URL + ": each entry must look like http://host:8081 or https://host/path");
  }

  private static URI withoutUser(URI url) {
    if (url.getRawUserInfo() == null) {
      return url;
    }
    return URI.create(url.toString().replace(url.getRawUserInfo() + "@", ""));
  }

  private static @Nullable String authorization(Map<String, ?> keys, @Nullable String inUrl) {
    String source = text(keys, CREDENTIALS_SOURCE, "URL");
    String user =
        switch (source) {
          case "URL" -> inUrl;
          case "USER_INFO" -> text(keys, USER_INFO, "");
          default -> throw new ConfigException(CREDENTIALS_SOURCE, source, "use USER_INFO or URL");
        };
    if (user == null) {
      return null;
    }
    if (!user.contains(":")) {
      throw new ConfigException(USER_INFO + " must be user:password");
    }
    return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable SSLContext tls(Map<String, ?> keys) {
    Map<String, Object> own = new HashMap<>();
    keys.forEach((key, value) -> {
      if (key.startsWith(TLS_NAMESPACE) && value != null) {
        own.put(key.substring(NAMESPACE.length()), value);
      }
    });
    if (own.isEmpty()) {
      return null;
    }
    if ("".equals(own.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG))) {
      throw new ConfigException(
          TLS_NAMESPACE
              + "endpoint.identification.algorithm: host names are always checked;"
              + " give the registry a certificate for its name");
    }
    ConfigDef definition = new ConfigDef();
    SslConfigs.addClientSslSupport(definition);
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(definition.parse(own));
      return factory.sslContext();
    }
  }

  private static Duration millis(Map<String, ?> keys, String key, long otherwise) {
    String text = text(keys, key, Long.toString(otherwise));
    try {
      long value = Long.parseLong(text.strip());
      if (value >= 0) {
        return Duration.ofMillis(value);
      }
    } catch (NumberFormatException _) {
      // reported below
    }
    throw new ConfigException(key, text, "must be a whole number, 0 or more");
  }

  private static String text(Map<String, ?> keys, String key, String otherwise) {
    Object value = keys.get(key);
    if (value == null) {
      value = keys.get(NAMESPACE + key);
    }
    return switch (value) {
      case null -> otherwise;
      case Password password -> password.value();
      case List<?> list -> String.join(",", list.stream().map(Object::toString).toList());
      default -> value.toString();
    };
  }

  /// Without the secrets.
  @Override
  public String toString() {
    return "RegistrySettings" + urls;
  }
}
