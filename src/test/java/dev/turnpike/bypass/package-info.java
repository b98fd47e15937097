/**
 * A corpus of ways around authorization, each with the guard that it meets. All of them are
 * refused, and nothing of them reaches an upstream.
 */
@NullMarked
package dev.turnpike.bypass;

import org.jspecify.annotations.NullMarked;
