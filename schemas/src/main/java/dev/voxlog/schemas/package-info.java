/// The contracts of the pipeline: the events of each topic, their wire form, the topic catalogue
/// and the media port.
@NullMarked
package dev.voxlog.schemas;

import org.jspecify.annotations.NullMarked;
