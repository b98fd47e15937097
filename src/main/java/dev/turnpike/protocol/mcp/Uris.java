package dev.turnpike.protocol.mcp;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which resource URIs are taken: those that have one spelling only. A rule compares characters, and
 * whoever resolves a URI does not: it drops tabs, folds case, follows dot segments and decodes. So
 * what could be written plainer is refused, not guessed at (RFC 3986, section 6.2.2; WHATWG URL,
 * "special" schemes).
 */
public final class Uris {
  private static final Pattern DOT_SEGMENT =
      Pattern.compile("(^|[/:]|%2f|%5c)(\\.|%2e){1,2}([/?#]|%2f|%5c|$)", Pattern.CASE_INSENSITIVE);
  // letters, digits and -._~ need no encoding, so encoded they are a second spelling
  private static final Pattern NEEDLESS =
      Pattern.compile(
          "%(2[de]|3[0-9]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])", Pattern.CASE_INSENSITIVE);
  // whoever decodes one may read the rest as another line, or not at all
  private static final Pattern CONTROL =
      Pattern.compile("%([01][0-9a-f]|7f)", Pattern.CASE_INSENSITIVE);
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
  private static final Set<String> SPECIAL = Set.of("http", "https", "ws", "wss", "ftp", "file");

  private Uris() {}

  /** Whether the URI, or URI template, is one place to whoever resolves it. */
  public static boolean plain(String uri) {
    return uri.chars().noneMatch(c -> c <= ' ' || c == 0x7f || c == '\\')
        && !DOT_SEGMENT.matcher(uri).find()
        && !NEEDLESS.matcher(uri).find()
        && !CONTROL.matcher(uri).find()
        && (!SCHEME.matcher(uri).matches() || plainScheme(uri));
  }

  private static boolean plainScheme(String uri) {
    int colon = uri.indexOf(':');
    String scheme = uri.substring(0, colon);
    if (!scheme.equals(scheme.toLowerCase(Locale.ROOT))) {
      return false;
    }
    return !SPECIAL.contains(scheme) || plainAuthority(scheme, uri.substring(colon + 1));
  }

  // these schemes are read with //host however many slashes there are, and the host without regard
  // to case
  private static boolean plainAuthority(String scheme, String rest) {
    if (!rest.startsWith("//")) {
      return false;
    }
    int end = 2;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    String authority = rest.substring(2, end);
    boolean file = scheme.equals("file");
    if (authority.isEmpty()) {
      return file && !rest.startsWith("////");
    }
    return authority.equals(authority.toLowerCase(Locale.ROOT))
        && authority.indexOf('@') < 0
        && authority.indexOf('%') < 0
        && !authority.endsWith(".")
        && !authority.endsWith(":")
        && !(file && authority.equals("localhost"))
        && !authority.endsWith(defaultPort(scheme));
  }

  private static String defaultPort(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> ":80";
      case "https", "wss" -> ":443";
      case "ftp" -> ":21";
      default -> ":";
    };
  }
}
