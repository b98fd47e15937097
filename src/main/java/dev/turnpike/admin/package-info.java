@NullMarked
package dev.turnpike.admin;

import org.jspecify.annotations.NullMarked;
