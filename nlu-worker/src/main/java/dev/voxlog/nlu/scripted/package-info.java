/// Understanding that follows words instead of a model: for load, demos without weights, and tests.
@NullMarked
package dev.voxlog.nlu.scripted;

import org.jspecify.annotations.NullMarked;
