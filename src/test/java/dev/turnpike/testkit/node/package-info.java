/**
 * Programs in JavaScript as peers of tests: fixture servers, real clients, the official conformance
 * suite.
 *
 * <p>Comes in: the scripts below {@code src/test/js} and what {@code npm ci} installed there, a
 * Node 22 among it. Goes out: servers that listen on loopback and end with the test, and finished
 * runs with what they printed. Where the peers are not installed, tests marked {@link
 * dev.turnpike.testkit.node.NeedsPeers} are skipped on a developer's machine and fail in CI. Never
 * does: use a Node from the search path, start a process that outlives the test, bind anything but
 * loopback.
 */
@NullMarked
package dev.turnpike.testkit.node;

import org.jspecify.annotations.NullMarked;
