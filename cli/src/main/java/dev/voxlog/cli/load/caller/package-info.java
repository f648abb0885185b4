/// The callers: each on the carrier's wire, by a timetable that waits for nothing, measuring what
/// it hears. They do not know what is behind the wire.
@NullMarked
package dev.voxlog.cli.load.caller;

import org.jspecify.annotations.NullMarked;
