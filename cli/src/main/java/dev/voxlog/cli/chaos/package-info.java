/// In come a seed and a number of deaths, out goes whether any caller noticed: scripted calls
/// against stages of processes of their own, which are killed meanwhile.
@NullMarked
package dev.voxlog.cli.chaos;

import org.jspecify.annotations.NullMarked;
