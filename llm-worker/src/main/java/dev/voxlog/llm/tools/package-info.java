/// Tools: a checked request comes in, its outcome goes out.
@NullMarked
package dev.voxlog.llm.tools;

import org.jspecify.annotations.NullMarked;
