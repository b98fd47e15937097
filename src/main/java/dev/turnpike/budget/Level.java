package dev.turnpike.budget;

import java.time.Duration;

/**
 * Where a counter stands.
 *
 * @param taken whether the question took a call
 * @param left calls that could still pass, at least 0
 * @param reset where none is left: until one could pass; else until all could
 * @param window the length of the window that counts
 * @param epoch which window that is, for whoever gives a call back
 */
record Level(boolean taken, long left, Duration reset, Duration window, long epoch) {}
