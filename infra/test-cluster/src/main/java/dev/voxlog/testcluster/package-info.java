/// The build's word for which cluster in, the cluster that an integration test stands on out.
@NullMarked
package dev.voxlog.testcluster;

import org.jspecify.annotations.NullMarked;
