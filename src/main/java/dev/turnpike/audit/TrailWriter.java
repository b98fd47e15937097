package dev.turnpike.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to the files of one folder, which it has for itself while it is open. A record
 * that was not written to its end is taken back before the next one. Blocks; for one thread.
 */
final class TrailWriter implements AutoCloseable {
  private static final Links.Link NONE = new Links.Link(0, "", Links.BEGINNING);

  private final TrailFolder folder;
  private final long largest;
  private final FileChannel lock;
  private @Nullable FileChannel file;
  private long written;
  private long missing;
  private long number;
  private String hash;

  private TrailWriter(TrailFolder folder, long largest, FileChannel lock, Links.Link last) {
    this.folder = folder;
    this.largest = largest;
    this.lock = lock;
    this.number = last.number();
    this.hash = last.hash();
  }

  /**
   * Goes on where the files end.
   *
   * @param largest bytes of a file after which the next one is begun
   * @throws IOException where they cannot be written, or another process writes them
   */
  static TrailWriter open(Path path, long largest) throws IOException {
    Files.createDirectories(path);
    TrailFolder folder = new TrailFolder(path);
    FileChannel lock =
        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (locked(lock).isEmpty()) {
        throw new IOException("another process writes the trail in " + path);
      }
      List<Path> files = new ArrayList<>(folder.files());
      Optional<Ending> end = Optional.empty();
      while (!files.isEmpty() && end.isEmpty()) {
        end = Ending.of(files.getLast());
        if (end.isEmpty()) {
          // begun, and nothing written to its end
          Files.delete(files.removeLast());
        }
      }
      Links.Link last = end.map(Ending::link).orElse(NONE);
      Links.Link head = folder.newest().orElse(NONE);
      // numbers that are missing stay missing: whoever verifies finds the gap, now and later
      boolean cut =
          head.number() > last.number()
              || (head.number() == last.number() && !head.hash().equals(last.hash()));
      TrailWriter writer = new TrailWriter(folder, largest, lock, cut ? head : last);
      if (end.isPresent()) {
        writer.resume(files.getLast(), end.get().whole());
      }
      writer.missing = cut ? head.number() - last.number() : 0;
      return writer;
    } catch (IOException | RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  private static Optional<FileLock> locked(FileChannel lock) throws IOException {
    try {
      return Optional.ofNullable(lock.tryLock());
    } catch (OverlappingFileLockException here) {
      return Optional.empty();
    }
  }

  private void resume(Path last, long whole) throws IOException {
    FileChannel channel = FileChannel.open(last, StandardOpenOption.WRITE);
    channel.truncate(whole);
    channel.position(whole);
    file = channel;
    written = whole;
  }

  /** How many records are missing at the end that were written once. */
  long missing() {
    return missing;
  }

  /** Writes one record, or nothing where that fails. */
  void append(Deed deed) throws IOException {
    String line = Links.line(number + 1, deed, hash);
    write((line + "\n").getBytes(UTF_8));
    number++;
    hash = Links.read(line).orElseThrow().hash();
  }

  /** Has the disk keep what was written, and notes which is the newest record. */
  void sync() throws IOException {
    FileChannel open = file;
    if (open != null) {
      open.force(false);
    }
    Path fresh = folder.folder().resolve("audit.head.new");
    Files.writeString(fresh, number + " " + hash + "\n");
    Files.move(
        fresh, folder.head(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void write(byte[] line) throws IOException {
    FileChannel open = file;
    if (open == null || written + line.length > largest) {
      close(open);
      file = null;
      open = begin(folder.beginningWith(number + 1));
      file = open;
      written = 0;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        open.write(bytes);
      }
      written += line.length;
    } catch (IOException failure) {
      // a half of a record would look like one that was changed
      open.truncate(written);
      open.position(written);
      throw failure;
    }
  }

  private static FileChannel begin(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }
    return channel;
  }

  private static void close(@Nullable FileChannel channel) throws IOException {
    if (channel != null) {
      channel.force(true);
      channel.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      close(file);
    } finally {
      lock.close();
    }
  }
}
