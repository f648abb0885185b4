/// What `voxlog doctor` looks at: in come settings and this machine, out go findings with their
/// fixes.
@NullMarked
package dev.voxlog.cli.doctor;

import org.jspecify.annotations.NullMarked;
