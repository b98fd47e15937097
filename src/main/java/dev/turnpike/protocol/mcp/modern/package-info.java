@NullMarked
package dev.turnpike.protocol.mcp.modern;

import org.jspecify.annotations.NullMarked;
