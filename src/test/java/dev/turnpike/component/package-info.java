/** The real road on real sockets, in this JVM. */
@NullMarked
package dev.turnpike.component;

import org.jspecify.annotations.NullMarked;
