/// Caller audio and what callers type in, transcripts out: speech started, interim and final words,
/// speech ended.
@NullMarked
package dev.voxlog.stt;

import org.jspecify.annotations.NullMarked;
