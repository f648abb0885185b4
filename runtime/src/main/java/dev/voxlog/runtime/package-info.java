/// What every stage stands on: records come in from Kafka, are handed to each call's step, and its
/// outputs go back as records.
@NullMarked
package dev.voxlog.runtime;

import org.jspecify.annotations.NullMarked;
