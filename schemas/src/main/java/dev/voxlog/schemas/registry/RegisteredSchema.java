package dev.voxlog.schemas.registry;

import org.apache.avro.Schema;

/// A version of a subject. Equal schemas have equal ids in all subjects.
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
