/// Who may come in over HTTP, and how many: in come connections and what requests bring, out goes
/// why one is refused, if it is.
@NullMarked
package dev.voxlog.runtime.gate;

import org.jspecify.annotations.NullMarked;
