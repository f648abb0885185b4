/// Silero voice activity detection in process.
@NullMarked
package dev.voxlog.stt.silero;

import org.jspecify.annotations.NullMarked;
