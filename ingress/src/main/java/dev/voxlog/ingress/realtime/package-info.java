/// OpenAI's Realtime protocol (GA) as far as a voice client needs it: texts in, client messages
/// out; what happens in the call in, server events out. No sockets, no threads, no clock of its
/// own.
@NullMarked
package dev.voxlog.ingress.realtime;

import org.jspecify.annotations.NullMarked;
