/**
 * What an administrator wrote in {@code turnpike.yaml}, as checked values with their place in the
 * file.
 *
 * <p>Comes in: the text of the file and the environment. Goes out: a {@link
 * dev.turnpike.config.Setup}, or every problem with file, line, column, key and what was expected.
 * Never does: compile a rule, open an upstream.
 */
@NullMarked
package dev.turnpike.config;

import org.jspecify.annotations.NullMarked;
