package dev.turnpike.assembly;

import dev.turnpike.flags.FlagFolder;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;

/** The copy of the flag files that is packaged, for who has no folder of them. */
final class PackagedFlags {
  private static final String FOLDER = "/feature-flags";

  private PackagedFlags() {}

  /** What is there, read once. Blocks. */
  static FlagFolder.Content look() {
    return Once.CONTENT;
  }

  private static final class Once {
    static final FlagFolder.Content CONTENT = read();
  }

  private static FlagFolder.Content read() {
    URL folder = PackagedFlags.class.getResource(FOLDER + "/gateway.alpha.all.json");
    if (folder == null) {
      return new FlagFolder.Content(Map.of(), "no flag files are packaged", "gone");
    }
    try {
      URI place = folder.toURI();
      if (!place.getScheme().equals("jar")) {
        return new FlagFolder(Path.of(place).resolveSibling("")).look();
      }
      try (FileSystem jar = FileSystems.newFileSystem(archive(place))) {
        return new FlagFolder(jar.getPath(FOLDER)).look();
      }
    } catch (IOException | URISyntaxException unreadable) {
      return new FlagFolder.Content(
          Map.of(), "the packaged flag files cannot be read: " + unreadable, "trouble");
    }
  }

  private static Path archive(URI inside) {
    String whole = inside.getSchemeSpecificPart();
    return Path.of(URI.create(whole.substring(0, whole.indexOf("!/"))));
  }
}
