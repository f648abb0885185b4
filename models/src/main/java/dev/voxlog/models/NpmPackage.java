package dev.voxlog.models;

/// A pinned npm package: `integrity` is npm's own `sha512-…` string, `bytes` the archive's size.
public record NpmPackage(String name, String version, String integrity, long bytes) {
  public NpmPackage {
    if (!integrity.startsWith("sha512-")) {
      throw new IllegalArgumentException("integrity of " + name + " must start with sha512-");
    }
  }

  /// The form npm's command line takes: `name@version`.
  public String specifier() {
    return name + "@" + version;
  }
}
