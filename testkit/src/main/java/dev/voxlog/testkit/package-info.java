/// One kit for every module's tests: a virtual clock, a lab for steps, scripted callers, seeds.
@NullMarked
package dev.voxlog.testkit;

import org.jspecify.annotations.NullMarked;
