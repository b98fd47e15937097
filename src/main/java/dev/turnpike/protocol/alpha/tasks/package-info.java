/**
 * The Tasks extension of MCP, {@code io.modelcontextprotocol/tasks}. In: calls whose client
 * declares it, questions about tasks, and calls of older clients that become tasks behind them.
 * Out: the same to the modern upstream, and tasks whose ids are sealed: they open for the caller at
 * the endpoint who was given them, and for nobody else; to older clients, results. Never keeps what
 * a task has come to, and asks for one by itself only while an older client waits for it.
 */
@NullMarked
package dev.turnpike.protocol.alpha.tasks;

import org.jspecify.annotations.NullMarked;
