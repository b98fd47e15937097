package dev.turnpike.conformance;

import org.junit.jupiter.api.AfterAll;

/** The fixtures themselves conform: what fails through Turnpike is Turnpike's. */
class DirectBaselineTest extends ConformanceSuite {
  private static final Fixtures FIXTURES = new Fixtures();

  @Override
  protected String endpointUrl(Era era) {
    return FIXTURES.url(era);
  }

  @AfterAll
  static void end() {
    FIXTURES.close();
  }
}
