/// Confluent's wire format for Kafka clients: magic byte, schema id, Avro, with the usual
/// `schema.registry.*` keys.
@NullMarked
package dev.voxlog.schemas.serde;

import org.jspecify.annotations.NullMarked;
