/// Words to phones: dictionary first, letter-to-sound rules for the rest, phones to IPA.
@NullMarked
package dev.voxlog.tts.pronounce;

import org.jspecify.annotations.NullMarked;
