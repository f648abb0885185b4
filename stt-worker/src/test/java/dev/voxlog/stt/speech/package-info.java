/// What the tests of the engines share: recorded speech, weights, a telephone line, word errors.
@NullMarked
package dev.voxlog.stt.speech;

import org.jspecify.annotations.NullMarked;
