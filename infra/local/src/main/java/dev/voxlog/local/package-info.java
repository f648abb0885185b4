/// A Kafka broker and a schema registry for one machine: for trying, developing, tests and small
/// sites.
@NullMarked
package dev.voxlog.local;

import org.jspecify.annotations.NullMarked;
