/// The neural voice: clauses through our front end into a Piper (VITS) model.
@NullMarked
package dev.voxlog.tts.piper;

import org.jspecify.annotations.NullMarked;
