/**
 * What tests share: requests to put in, a reply that remembers, one of each refusal, and the suites
 * that every implementation of a contract must pass.
 *
 * <p>Comes in: values a test writes down. Goes out: values it can compare. Never does: stand in for
 * a type of ours that could be used itself.
 */
@NullMarked
package dev.turnpike.testkit;

import org.jspecify.annotations.NullMarked;
