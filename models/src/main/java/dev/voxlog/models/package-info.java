/// Finds model weights by content: names in, verified local files out.
@NullMarked
package dev.voxlog.models;

import org.jspecify.annotations.NullMarked;
