@NullMarked
package dev.turnpike.route;

import org.jspecify.annotations.NullMarked;
