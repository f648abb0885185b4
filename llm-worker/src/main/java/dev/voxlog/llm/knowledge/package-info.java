/// Retrieval: a question comes in, the sentences of the best passage of the agent's documents go
/// out.
@NullMarked
package dev.voxlog.llm.knowledge;

import org.jspecify.annotations.NullMarked;
