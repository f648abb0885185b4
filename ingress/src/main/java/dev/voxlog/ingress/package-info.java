/// Carriers' sockets in, records out: caller audio to `audio.in`, the call's facts to `calls`;
/// egress's commands back to the carrier.
@NullMarked
package dev.voxlog.ingress;

import org.jspecify.annotations.NullMarked;
