@NullMarked
package dev.turnpike.protocol.mcp;

import org.jspecify.annotations.NullMarked;
