/**
 * What tests share: requests to put in, a reply that remembers, one of each refusal, the suites
 * that every implementation of a contract must pass; and for whole roads an upstream that does what
 * it is told ({@link dev.turnpike.testkit.FakeUpstream}, {@link dev.turnpike.testkit.Scripts}) and
 * a caller on a bare socket ({@link dev.turnpike.testkit.RawCaller}).
 *
 * <p>Comes in: values a test writes down. Goes out: values it can compare. Never does: stand in for
 * a type of ours that could be used itself.
 */
@NullMarked
package dev.turnpike.testkit;

import org.jspecify.annotations.NullMarked;
