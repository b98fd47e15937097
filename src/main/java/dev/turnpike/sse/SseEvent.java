package dev.turnpike.sse;

import dev.turnpike.rpc.Payload;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One event of a stream.
 *
 * @param id what this event's own id field says; empty when it has none. Present and "" resets the
 *     last event id.
 * @param event its type; "message" when it names none
 * @param data its data lines joined by LF; of size 0 when the event only sets an id or a retry time
 * @param retryMillis the reconnection time that it sets, if any
 */
public record SseEvent(Optional<String> id, String event, Payload data, OptionalLong retryMillis) {}
