/// In come a number of calls and turns, out goes what the platform takes for them: callers on the
/// carrier's wire who keep to a timetable whatever the platform does, and the processes behind it
/// measured beside them.
@NullMarked
package dev.voxlog.cli.load;

import org.jspecify.annotations.NullMarked;
