/// Engines that follow a script instead of a model: for load, demos without weights, and tests.
@NullMarked
package dev.voxlog.stt.scripted;

import org.jspecify.annotations.NullMarked;
