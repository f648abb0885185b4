/// Callers' words in, what they hold out: tokens, spoken numbers, and what must not be kept.
@NullMarked
package dev.voxlog.text;

import org.jspecify.annotations.NullMarked;
