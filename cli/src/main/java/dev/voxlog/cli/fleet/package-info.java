/// Brokers, registry and workers as child processes of this one: what chaos and load stand on.
@NullMarked
package dev.voxlog.cli.fleet;

import org.jspecify.annotations.NullMarked;
