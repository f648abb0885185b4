/// Turns written sentences into the plain words a voice can say, clause by clause.
@NullMarked
package dev.voxlog.tts.text;

import org.jspecify.annotations.NullMarked;
