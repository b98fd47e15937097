package dev.turnpike.architecture.offenders.observe;

import dev.langchain4j.model.TokenCountEstimator;

/** Knows what is plugged in. */
public interface Estimates {
  TokenCountEstimator estimator();
}
