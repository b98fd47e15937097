package dev.turnpike.exchange;

/** A program, as the mesh proved it: a SPIFFE ID and its parts. */
public record Workload(String id, String trustDomain, String namespace, String serviceAccount) {}
