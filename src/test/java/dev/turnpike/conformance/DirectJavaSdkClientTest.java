package dev.turnpike.conformance;

import org.junit.jupiter.api.AfterAll;

/** The MCP Java SDK gets what it asks for where nothing stands between. */
class DirectJavaSdkClientTest extends JavaSdkClientSuite {
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
