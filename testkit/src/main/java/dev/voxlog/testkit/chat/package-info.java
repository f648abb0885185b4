/// A scripted language model behind OpenAI's chat completions API: a request comes in, its script's
/// stream goes out, in a model's own time.
@NullMarked
package dev.voxlog.testkit.chat;

import org.jspecify.annotations.NullMarked;
