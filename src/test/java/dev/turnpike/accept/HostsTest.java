package dev.turnpike.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
  private final Hosts hosts =
      new Hosts(
          URI.create("https://turnpike.example"),
          List.of("inside.example", "odd.example:8443"),
          List.of("https://app.example", "http://dev.example:3000"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LOCALHOST:1",
        "127.0.0.1:9",
        "[::1]",
        "[::1]:8080",
        "turnpike.example",
        "Turnpike.Example:443",
        "inside.example:81",
        "odd.example:8443"
      })
  void servesItsOwnNamesOnAnyPort(String host) {
    assertThat(hosts.servesHost(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "localhost.evil.example",
        "localhost@evil.example",
        "evil.example:8080",
        "localhost:80:80",
        "localhost:x",
        "odd.example",
        "odd.example:80",
        "127.0.0.1.evil.example",
        "localhost, evil.example"
      })
  void servesNoOtherName(String host) {
    assertThat(hosts.servesHost(host)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:5173",
        "https://localhost",
        "http://127.0.0.1:1",
        "http://[::1]:1",
        "https://turnpike.example",
        "https://app.example",
        "http://dev.example:3000"
      })
  void servesItsOwnOriginAndThoseOfTheList(String origin) {
    assertThat(hosts.servesOrigin(origin)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "http://evil.example",
        "http://turnpike.example",
        "http://dev.example:3001",
        "https://app.example.evil.example",
        "https://user@app.example",
        "https://app.example/path",
        "file://",
        "http://localhost.evil.example",
        "not an origin"
      })
  void servesNoOtherOrigin(String origin) {
    assertThat(hosts.servesOrigin(origin)).isFalse();
  }
}
