/// What came of it, for people on a terminal or in a browser, and for programs.
@NullMarked
package dev.voxlog.cli.load.report;

import org.jspecify.annotations.NullMarked;
