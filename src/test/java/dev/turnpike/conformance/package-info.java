/**
 * Turnpike as others see it: the official conformance suite and real clients of both eras, against
 * a URL.
 *
 * <p>Comes in: the URL of an endpoint in front of the fixture server of each era. Goes out: one
 * test for each scenario of the suite and for each client. The suites are abstract over the URL;
 * the {@code Direct} classes run them against the fixtures themselves, so that a failure elsewhere
 * is a failure of what stands between. Never does: know how the endpoint is served, or expect a
 * failure.
 */
@NullMarked
package dev.turnpike.conformance;

import org.jspecify.annotations.NullMarked;
