package dev.voxlog.cli.chaos;

import java.time.Instant;

/// A request as the tool saw it: with which idempotency key, for which number, when.
record ToolAsked(String key, String id, Instant at) {}
