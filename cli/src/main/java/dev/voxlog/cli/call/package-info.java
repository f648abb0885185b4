/// The caller's side: in come recorded words and what is expected of them, out go a call over the
/// carrier's wire and what came of it.
@NullMarked
package dev.voxlog.cli.call;

import org.jspecify.annotations.NullMarked;
