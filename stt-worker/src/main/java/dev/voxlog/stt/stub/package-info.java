/// In comes loudness, out go words without a meaning: a recogniser that costs nothing, so that what
/// is measured around it is the platform.
@NullMarked
package dev.voxlog.stt.stub;

import org.jspecify.annotations.NullMarked;
