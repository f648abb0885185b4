package dev.voxlog.agent.reading;

/// Something read, and the path of the key it was read from.
record Placed<T>(String path, T value) {}
