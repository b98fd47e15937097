@NullMarked
package dev.turnpike.account;

import org.jspecify.annotations.NullMarked;
