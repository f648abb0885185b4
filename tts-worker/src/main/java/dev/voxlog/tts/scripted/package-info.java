/// Speech without an engine: sounds that tests can tell apart.
@NullMarked
package dev.voxlog.tts.scripted;

import org.jspecify.annotations.NullMarked;
