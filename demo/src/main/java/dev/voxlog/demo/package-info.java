/// Acme, the demo company: its agent's files, and the HTTP service with a database that the agent's
/// tools call.
@NullMarked
package dev.voxlog.demo;

import org.jspecify.annotations.NullMarked;
