package dev.voxlog.agent;

/// A knowledge file: `name` is its path below the knowledge folder, with `/` between the parts.
public record Document(String name, String text) {}
