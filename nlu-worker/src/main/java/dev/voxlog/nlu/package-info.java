/// Transcripts in, understandings out: what the caller wants and the exact things in their words.
@NullMarked
package dev.voxlog.nlu;

import org.jspecify.annotations.NullMarked;
