package dev.turnpike.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how a server is reached: {@code url}, or {@code command} and what belongs to it. */
final class ReachReader {
  static final int PROCESSES = 64;

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String WAYS =
      "url (of a server that runs) or command (of one that Turnpike starts)";
  private static final List<String> OF_COMMANDS =
      List.of("env", "inherit-env", "directory", "sharing", "processes");
  private static final List<String> OF_URLS = List.of("transport", "http2");

  private ReachReader() {}

  static Optional<Reach> read(Section section) {
    Optional<Field> url = section.field("url");
    Optional<Field> command = section.field("command");
    if (url.isPresent() && command.isPresent()) {
      section.problem("command", "found url too, expected one of the two");
      return Optional.empty();
    }
    if (url.isEmpty() && command.isEmpty()) {
      section.missing("url", "is missing, expected " + WAYS);
      return Optional.empty();
    }
    return url.isPresent() ? address(section, url.get()) : program(section, command.orElseThrow());
  }

  private static Optional<Reach> address(Section section, Field field) {
    refuse(section, OF_COMMANDS, "command");
    boolean events =
        section.field("transport").flatMap(value -> value.choice(Choices.TRANSPORTS)).orElse(false);
    boolean http2 = section.field("http2").flatMap(Field::truth).orElse(false);
    if (events && http2) {
      section.problem("http2", "goes with transport: streamable-http only");
    }
    return url(field).map(url -> events ? new Reach.Events(url) : new Reach.Http(url, http2));
  }

  private static Optional<Reach> program(Section section, Field field) {
    refuse(section, OF_URLS, "url");
    String expected = "a list of the program and its arguments, such as [npx, -y, my-server]";
    List<String> command = new ArrayList<>();
    List<Field> items = field.items(expected);
    for (Field item : items) {
      item.text("the program or an argument, as a text")
          .filter(text -> givable(text, item))
          .ifPresent(command::add);
    }
    if (items.isEmpty() && field.isList()) {
      field.mismatch(expected);
    }
    Map<String, String> environment = new LinkedHashMap<>();
    Map<String, Path> files = new LinkedHashMap<>();
    section.field("env").ifPresent(value -> variables(value, environment, files));
    List<String> inherited = new ArrayList<>();
    section
        .field("inherit-env")
        .ifPresent(list -> {
          for (Field item : list.items("a list of names of environment variables")) {
            item.text("the name of an environment variable")
                .filter(name -> variable(name, item))
                .ifPresent(inherited::add);
          }
        });
    Optional<Path> directory = section.field("directory").flatMap(ReachReader::path);
    Reach.Sharing sharing =
        section
            .field("sharing")
            .flatMap(value -> value.choice(Choices.SHARING))
            .orElse(Reach.Sharing.PER_CALLER);
    int most =
        section
            .field("processes")
            .flatMap(value -> value.number(1, 10_000))
            .map(Long::intValue)
            .orElse(PROCESSES);
    return command.size() < items.size() || items.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Reach.Program(command, environment, files, inherited, directory, sharing, most));
  }

  private static void variables(
      Field field, Map<String, String> environment, Map<String, Path> files) {
    field
        .members("a mapping of environment variables and their values")
        .ifPresent(members -> {
          for (Piece.Member member : members.members()) {
            Field value =
                new Field(
                    Section.below(field.path(), member.key()), member.value(), field.problems());
            if (!variable(member.key(), value)) {
              continue;
            }
            if (member.value() instanceof Piece.Members) {
              value
                  .section(Keys.SECRET)
                  .flatMap(secret -> secret.required("file", "the path of a file"))
                  .flatMap(ReachReader::path)
                  .ifPresent(path -> files.put(member.key(), path));
            } else {
              value
                  .text("a text, or { file: path }")
                  .filter(text -> givable(text, value))
                  .ifPresent(text -> environment.put(member.key(), text));
            }
          }
        });
  }

  private static boolean givable(String text, Field field) {
    if (text.indexOf('\0') < 0) {
      return true;
    }
    field.problem("has a NUL character, which no program can be given");
    return false;
  }

  private static boolean variable(String name, Field field) {
    if (VARIABLE.matcher(name).matches()) {
      return true;
    }
    field.problem(
        "found "
            + Quoted.of(name)
            + ", expected the name of an environment variable: letters, digits and _, not a digit"
            + " first");
    return false;
  }

  private static Optional<Path> path(Field field) {
    String expected = "the path of a file or folder";
    try {
      return field.text(expected).map(Path::of);
    } catch (InvalidPathException _) {
      return field.mismatch(expected);
    }
  }

  private static void refuse(Section section, List<String> keys, String other) {
    for (String key : keys) {
      if (section.field(key).isPresent()) {
        section.problem(key, "goes with " + other + " only");
      }
    }
  }

  private static Optional<URI> url(Field field) {
    return Urls.read(field, "http://127.0.0.1:3001/mcp");
  }
}
