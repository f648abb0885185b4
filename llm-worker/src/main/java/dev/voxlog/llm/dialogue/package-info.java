/// What the agent answers: what the caller said and the memory come in, the next move and the new
/// memory go out.
@NullMarked
package dev.voxlog.llm.dialogue;

import org.jspecify.annotations.NullMarked;
