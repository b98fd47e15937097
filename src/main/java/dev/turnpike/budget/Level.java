package dev.turnpike.budget;

import java.time.Duration;

/**
 * Where a counter stands.
 *
 * @param taken whether the question took what it asked for
 * @param left units that are left, at least 0
 * @param reset where that is not enough: until it is; else until all are there again
 * @param window the length of the window that counts; zero where there is none
 * @param epoch which window that is, for whoever settles later
 */
record Level(boolean taken, long left, Duration reset, Duration window, long epoch) {}
