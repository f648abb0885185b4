/// The voice without downloads: clauses through MaryTTS.
@NullMarked
package dev.voxlog.tts.mary;

import org.jspecify.annotations.NullMarked;
