/// In: the agent's audio, what the caller's speech does, and the call's facts. Out: what the caller
/// hears, on the media port, and what of it was heard, what each utterance meant for it, silence
/// and the call's end, as records.
@NullMarked
package dev.voxlog.egress;

import org.jspecify.annotations.NullMarked;
