@NullMarked
package dev.turnpike.protocol.mcp.legacy;

import org.jspecify.annotations.NullMarked;
