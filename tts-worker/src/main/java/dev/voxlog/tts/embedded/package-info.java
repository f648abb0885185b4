/// The engines that run inside the process, put together.
@NullMarked
package dev.voxlog.tts.embedded;

import org.jspecify.annotations.NullMarked;
