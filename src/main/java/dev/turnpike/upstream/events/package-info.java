/**
 * Servers that are spoken to over HTTP+SSE, the transport of 2024-11-05: one stream of events that
 * everything comes on, and one address that everything is posted to.
 *
 * <p>Comes in: the URL of the stream, messages to post. Goes out: the messages of the stream. Never
 * does: post to another origin than that of the stream, follow a redirect, know what a message
 * says.
 */
@NullMarked
package dev.turnpike.upstream.events;

import org.jspecify.annotations.NullMarked;
