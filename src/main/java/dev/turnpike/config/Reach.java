package dev.turnpike.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a server is reached. */
public sealed interface Reach {
  /** In words, for people: without what may be secret. */
  String place();

  /** The protocol that is spoken there. */
  default Wire wire() {
    return Wire.MCP;
  }

  /**
   * Over Streamable HTTP.
   *
   * @param url absolute, http or https
   * @param http2 speak HTTP/2 from the first byte where the URL is plain http
   */
  record Http(URI url, boolean http2) implements Reach {
    @Override
    public String place() {
      return url.toString();
    }
  }

  /**
   * Over HTTP+SSE, the transport of 2024-11-05.
   *
   * @param url of its stream; absolute, http or https
   */
  record Events(URI url) implements Reach {
    @Override
    public String place() {
      return url.toString();
    }
  }

  /**
   * An agent, at what its card names (A2A 1.0, section 8).
   *
   * @param url of the card; absolute, http or https
   * @param origins besides that of the card, at which the agent's own interface may be; as {@link
   *     #origin} writes them
   * @param http2 speak HTTP/2 from the first byte where a URL is plain http
   */
  record Card(URI url, Set<String> origins, boolean http2) implements Reach {
    public Card {
      origins = Set.copyOf(origins);
    }

    @Override
    public String place() {
      return url.toString();
    }

    @Override
    public Wire wire() {
      return Wire.A2A;
    }
  }

  /** Scheme, host and port of a URL, in lower case and with the port that goes without saying. */
  static String origin(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + String.valueOf(url.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
  }

  /**
   * As a child process of Turnpike's, over its standard streams.
   *
   * @param command the program and its arguments; there is no shell
   * @param environment what is set for it, besides what it inherits
   * @param files what is set for it to what is in a file, without the last line end
   * @param inherited names of the variables of Turnpike's own environment that it sees, besides
   *     {@link #ALWAYS_INHERITED}
   * @param directory where it runs; empty: where Turnpike does
   * @param sharing who has a process of one's own
   * @param most processes at once
   */
  record Program(
      List<String> command,
      Map<String, String> environment,
      Map<String, Path> files,
      List<String> inherited,
      Optional<Path> directory,
      Sharing sharing,
      int most)
      implements Reach {
    public Program {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
      files = Map.copyOf(files);
      inherited = List.copyOf(inherited);
    }

    @Override
    public String place() {
      return "the program " + command.getFirst();
    }

    /** The arguments and the environment may be secret. */
    @Override
    public String toString() {
      return "Program[" + command.getFirst() + "]";
    }
  }

  /** Who has a process of one's own. */
  enum Sharing {
    /** Each caller, and each session of a caller's. */
    PER_CALLER,
    /** Nobody: there is one for all. */
    SHARED
  }

  /** What a program needs to run at all, and what tells nothing. */
  List<String> ALWAYS_INHERITED = List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR");
}
