package dev.turnpike.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrisTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "FILE:///secret/a",
        "File:///secret/a",
        "file://localhost/secret/a",
        "file:/secret/a",
        "file:secret/a",
        "file:////secret/a",
        "file:///secret\\a",
        "file:///%73ecret/a",
        "file:///secret/%61",
        "file:///a%2Db",
        "file:///a%7E",
        "file:///pub/.\t./secret/a",
        "file:///sec\nret/a",
        "file:///pub/a b",
        "file:///pub/../secret",
        "file:///pub/%2e%2e/secret",
        "HTTP://host/a",
        "http://HOST/a",
        "http:/host/a",
        "http:///host/a",
        "http://host:80/a",
        "https://host:443/a",
        "https://host:/a",
        "https://host./a",
        "https://user@host/a",
        "https://h%6Fst/a"
      })
  void refusesASecondSpelling(String uri) {
    assertThat(Uris.plain(uri)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///secret/a",
        "file:///srv/.hidden/a..b",
        "file://server/share/a",
        "file:///caf%C3%A9",
        "file:///a%2Fb",
        "file:///100%25",
        "http://host:8080/a?b=c#d",
        "https://host/",
        "test://static-text",
        "test://template/{id}/data",
        "demo://greeting",
        "Notes/one",
        "urn:isbn:0451450523",
        "git+ssh://Host/a"
      })
  void takesAUriThatHasOneSpelling(String uri) {
    assertThat(Uris.plain(uri)).isTrue();
  }
}
