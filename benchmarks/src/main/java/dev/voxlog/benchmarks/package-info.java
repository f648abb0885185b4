/// Pieces of the hot path against what one would otherwise take. An operation is, where it can be,
/// what a call needs in a second. Benchmarks of classes that no other package sees stand in those
/// classes' packages.
@NullMarked
package dev.voxlog.benchmarks;

import org.jspecify.annotations.NullMarked;
