/// Pure functions on audio: G.711, PCM, resampling, levels, files, and audible ids for tests.
@NullMarked
package dev.voxlog.audio;

import org.jspecify.annotations.NullMarked;
