/// In come sentences, out goes one tone: a voice that costs nothing, so that what is measured
/// around it is the platform.
@NullMarked
package dev.voxlog.tts.stub;

import org.jspecify.annotations.NullMarked;
