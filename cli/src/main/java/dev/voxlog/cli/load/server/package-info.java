/// The server that is called: how it is started, and what its processes, its log and its machine
/// tell of what it takes.
@NullMarked
package dev.voxlog.cli.load.server;

import org.jspecify.annotations.NullMarked;
