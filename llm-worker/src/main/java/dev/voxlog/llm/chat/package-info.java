/// Language models behind an OpenAI-compatible endpoint.
@NullMarked
package dev.voxlog.llm.chat;

import org.jspecify.annotations.NullMarked;
