@NullMarked
package dev.turnpike.catalog;

import org.jspecify.annotations.NullMarked;
