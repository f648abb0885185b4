/// Moonshine speech recognition in process: audio to tokens to words, free or within a constraint.
@NullMarked
package dev.voxlog.stt.moonshine;

import org.jspecify.annotations.NullMarked;
