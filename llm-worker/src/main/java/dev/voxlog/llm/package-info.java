/// Dialogue: understandings and call events come in, the agent's sentences, tool calls and
/// transfers go out.
@NullMarked
package dev.voxlog.llm;

import org.jspecify.annotations.NullMarked;
