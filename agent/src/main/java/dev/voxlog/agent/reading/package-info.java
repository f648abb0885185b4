/// From the YAML of an agent file to an [dev.voxlog.agent.Agent], keeping the line of every value
/// for its problems.
@NullMarked
package dev.voxlog.agent.reading;

import org.jspecify.annotations.NullMarked;
