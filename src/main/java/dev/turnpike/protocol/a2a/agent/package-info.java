/**
 * What is known of agents: their cards, and where these say that they are spoken to.
 *
 * <p>Comes in: an upstream whose card has an address. Goes out: an {@link
 * dev.turnpike.protocol.a2a.agent.Agent}, from the last good card, which is asked for anew from
 * time to time. Never does: follow a redirect, believe a card that sends us to another origin than
 * an administrator has named, show a card to a caller.
 */
@NullMarked
package dev.turnpike.protocol.a2a.agent;

import org.jspecify.annotations.NullMarked;
