/// The page and the operator API: in come the calls' records, read-only and never on a call's path,
/// and out go its files, JSON and server-sent events.
@NullMarked
package dev.voxlog.web;

import org.jspecify.annotations.NullMarked;
