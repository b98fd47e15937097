/**
 * What says of each endpoint who issues the tokens that it takes (RFC 9728, OAuth 2.0 Protected
 * Resource Metadata).
 *
 * <p>Comes in: a GET of the well-known path of an endpoint, from anybody. Goes out: the metadata of
 * that endpoint. Never does: look at a token, speak of what is behind the endpoint.
 */
@NullMarked
package dev.turnpike.protocol.resource;

import org.jspecify.annotations.NullMarked;
