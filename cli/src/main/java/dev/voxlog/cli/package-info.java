/// The `voxlog` command: in come arguments and configuration, out go running stages and what was
/// found.
@NullMarked
package dev.voxlog.cli;

import org.jspecify.annotations.NullMarked;
