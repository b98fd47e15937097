package dev.turnpike.route;

/** Finds where a call goes. */
public final class Router {}
