/**
 * What an administrator wrote in {@code turnpike.yaml}, as checked values with their place in the
 * file.
 *
 * <p>Comes in: the text of the file and the environment. Goes out: a {@link
 * dev.turnpike.config.Setup}, or every problem with file, line, column, key and what was expected;
 * and, for a file that changes, what is in force ({@link dev.turnpike.config.ConfigWatch}). Never
 * does: compile a rule, open an upstream, read a clock or start a thread.
 *
 * <p>Read {@link dev.turnpike.config.ConfigReader} first. A text passes {@code YamlSyntax}, becomes
 * {@code Piece}s in {@code YamlTree}, and is read from {@code Section}s and {@code Field}s by one
 * reader for each part of the file. {@code Keys} lists every key.
 */
@NullMarked
package dev.turnpike.config;

import org.jspecify.annotations.NullMarked;
