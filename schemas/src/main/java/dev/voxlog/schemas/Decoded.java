package dev.voxlog.schemas;

/// What came out of a record's bytes.
public sealed interface Decoded<E extends VoxEvent> {
  /// An event of a kind this version knows.
  record Event<E extends VoxEvent>(E event) implements Decoded<E> {}

  /// An event of a newer version's kind, to be skipped and counted. `kind` is the writer's word for
  /// it.
  record Unknown<E extends VoxEvent>(String kind) implements Decoded<E> {}
}
