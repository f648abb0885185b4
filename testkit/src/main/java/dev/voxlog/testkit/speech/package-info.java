/// Recorded speech (see SOURCES.md), the line it comes over, and how well it was understood.
@NullMarked
package dev.voxlog.testkit.speech;

import org.jspecify.annotations.NullMarked;
