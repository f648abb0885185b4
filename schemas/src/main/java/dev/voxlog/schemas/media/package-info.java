/// The media port's frames: egress commands go to the ingress node that holds the caller's socket,
/// acknowledgements come back.
@NullMarked
package dev.voxlog.schemas.media;

import org.jspecify.annotations.NullMarked;
