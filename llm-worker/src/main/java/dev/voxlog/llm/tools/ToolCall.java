package dev.voxlog.llm.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.voxlog.agent.Caller;
import dev.voxlog.agent.Tool;

/// What is asked of a tool, and in whose call.
public record ToolCall(Tool tool, ObjectNode arguments, Caller caller, String idempotencyKey) {}
