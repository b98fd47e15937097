/**
 * A little tree with the gateway's package names in which every class breaks one rule of the
 * architecture. Nothing runs here: {@code OffendersTest} reads the compiled classes and expects to
 * be told.
 */
@NullMarked
package dev.turnpike.architecture.offenders;

import org.jspecify.annotations.NullMarked;
