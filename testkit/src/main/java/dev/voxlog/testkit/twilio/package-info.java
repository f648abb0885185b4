/// A scripted caller behind a carrier that behaves as Twilio does: webhook, TwiML, Media Streams,
/// playback in real time.
@NullMarked
package dev.voxlog.testkit.twilio;

import org.jspecify.annotations.NullMarked;
