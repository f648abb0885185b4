package dev.voxlog.models;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Looks for whole files in the user's folder or under a web address.
final class Mirror {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final String location;

  Mirror(String location) {
    this.location = location;
  }

  /// Copies the weight to `target`; false if the mirror does not hold it.
  boolean copyTo(Weight weight, Path target) throws IOException {
    boolean isWeb = location.startsWith("http://") || location.startsWith("https://");
    for (String name : names(weight)) {
      boolean found =
          isWeb
              ? download(
                  URI.create((location.endsWith("/") ? location : location + "/") + name),
                  weight.size(),
                  target)
              : copyFile(Path.of(location).resolve(name), target);
      if (found) {
        return true;
      }
    }
    return false;
  }

  private static List<String> names(Weight weight) {
    return List.of(weight.sha256(), weight.fileName(), weight.sha256() + "/" + weight.fileName());
  }

  private boolean copyFile(Path file, Path target) throws IOException {
    if (!Files.isDirectory(Path.of(location))) {
      throw new IOException("the mirror folder does not exist");
    }
    if (!Files.isRegularFile(file)) {
      return false;
    }
    Files.copy(file, target);
    return true;
  }

  /// Fetches one address, following redirects; false on 404.
  static boolean download(URI address, long size, Path target) throws IOException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(10))
            .build()) {
      HttpResponse<InputStream> response =
          client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() == NOT_FOUND) {
          return false;
        }
        if (response.statusCode() != OK) {
          throw new IOException(address + " answered " + response.statusCode());
        }
        Archives.copyAtMost(body, size, target);
        return true;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while fetching " + address, interrupted);
    }
  }
}
