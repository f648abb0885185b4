/// From a call's records to turns and figures: pure functions, never on the call path.
@NullMarked
package dev.voxlog.analytics;

import org.jspecify.annotations.NullMarked;
