/**
 * What operators see of the road: one line for each exchange, counters and timers, and whether this
 * process is alive and ready.
 *
 * <p>Comes in: what the data path tells its listeners. Goes out: log lines, meters, health. Never
 * does: slow an exchange down or fail it, log an argument, a token, a session id or a header, make
 * a label whose values a caller can choose.
 */
@NullMarked
package dev.turnpike.observe;

import org.jspecify.annotations.NullMarked;
