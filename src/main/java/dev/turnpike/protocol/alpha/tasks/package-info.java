/**
 * The Tasks extension of MCP, {@code io.modelcontextprotocol/tasks}. In: calls whose client
 * declares it, and questions about tasks. Out: the same to the modern upstream, and tasks whose ids
 * are sealed: they open for the caller at the endpoint who was given them, and for nobody else.
 * Never keeps a task, and never asks for one by itself.
 */
@NullMarked
package dev.turnpike.protocol.alpha.tasks;

import org.jspecify.annotations.NullMarked;
