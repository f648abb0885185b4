/// One agent, as its file describes it: YAML in, an immutable [Agent] out, or every problem with
/// line, key, reason and fix.
@NullMarked
package dev.voxlog.agent;

import org.jspecify.annotations.NullMarked;
