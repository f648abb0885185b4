/// A client of Confluent-compatible schema registries: subjects, versions and ids over REST.
@NullMarked
package dev.voxlog.schemas.registry;

import org.jspecify.annotations.NullMarked;
