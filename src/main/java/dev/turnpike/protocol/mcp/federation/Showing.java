package dev.turnpike.protocol.mcp.federation;

/**
 * How lists are shown to one caller.
 *
 * @param profile its capabilities, as JSON
 * @param pageSize entries in a page, at most
 */
record Showing(Storefront front, Cursors cursors, int pageSize, String profile) {}
