/** What tests share: a running road on a real socket, and what it said of each exchange. */
@NullMarked
package dev.turnpike.testkit;

import org.jspecify.annotations.NullMarked;
