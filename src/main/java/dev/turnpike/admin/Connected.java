package dev.turnpike.admin;

import java.time.Duration;

/**
 * One open session, without its id: whoever knows that could try to use it.
 *
 * @param idle since its last request
 */
public record Connected(
    String endpoint, String caller, String tenant, String revision, Duration idle) {}
