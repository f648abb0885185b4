/// Configuration: in come a file, environment variables and `--set`, out go the records that stages
/// are made with.
@NullMarked
package dev.voxlog.cli.settings;

import org.jspecify.annotations.NullMarked;
