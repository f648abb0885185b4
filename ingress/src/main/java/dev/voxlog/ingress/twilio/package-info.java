/// Twilio's side of ingress, as pure functions: Media Streams messages, TwiML and webhook
/// signatures.
@NullMarked
package dev.voxlog.ingress.twilio;

import org.jspecify.annotations.NullMarked;
