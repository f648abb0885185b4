/// In: the agent's sentences. Out: the same as audio in the caller's codec, chunk by chunk, with
/// word times.
@NullMarked
package dev.voxlog.tts;

import org.jspecify.annotations.NullMarked;
