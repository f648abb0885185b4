/// Who may come in over HTTP: in comes what a request brings, out goes why it is refused, if it is.
@NullMarked
package dev.voxlog.runtime.gate;

import org.jspecify.annotations.NullMarked;
