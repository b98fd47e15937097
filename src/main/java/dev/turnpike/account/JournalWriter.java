package dev.turnpike.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Appends entries to the files of one folder, which it has for itself while it is open. Each file
 * is made at its full size, so that a disk that fills up is met before an entry is. Blocks; for one
 * thread, besides the one that calls {@link #sync}.
 */
final class JournalWriter implements AutoCloseable {
  private static final int BUFFER = 512 * 1024;

  private final Segments segments;
  private final String name;
  private final long segmentBytes;
  private final FileChannel lock;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final Queue<FileChannel> full = new ConcurrentLinkedQueue<>();
  private volatile @Nullable FileChannel file;
  private @Nullable FileChannel next;
  // where something was begun that is not to be read; nothing is written before it is gone
  private @Nullable Position undone;
  private long segment;
  private long offset;

  private JournalWriter(
      Segments segments, String name, long segmentBytes, FileChannel lock, long segment) {
    this.segments = segments;
    this.name = name;
    this.segmentBytes = segmentBytes;
    this.lock = lock;
    this.segment = segment;
  }

  /**
   * Begins a file behind those that are there: what was torn in them when the process died stays
   * behind.
   *
   * @throws IOException where it cannot be written, or another process writes it
   */
  static JournalWriter open(Path folder, String fresh, long segmentBytes) throws IOException {
    Files.createDirectories(folder);
    ownerOnly(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve("journal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (locked(lock).isEmpty()) {
        throw new IOException("another process keeps its ledger in " + folder);
      }
      Segments segments = new Segments(folder);
      List<Long> numbers = segments.numbers();
      return new JournalWriter(
          segments,
          name(folder.resolve("journal.name"), fresh),
          segmentBytes,
          lock,
          numbers.isEmpty() ? 0 : free(segments, numbers.getLast()));
    } catch (IOException | RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  // one that was made and never written is taken again
  private static long free(Segments segments, long last) throws IOException {
    return segments.isEmpty(last) ? last : last + 1;
  }

  // who used what is nobody else's business on this machine
  private static void ownerOnly(Path folder) throws IOException {
    if (Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static Optional<FileLock> locked(FileChannel lock) throws IOException {
    try {
      return Optional.ofNullable(lock.tryLock());
    } catch (OverlappingFileLockException here) {
      return Optional.empty();
    }
  }

  private static String name(Path file, String fresh) throws IOException {
    if (!Files.exists(file)) {
      Files.writeString(file, fresh + "\n");
      return fresh;
    }
    return Files.readString(file, UTF_8).strip();
  }

  String name() {
    return name;
  }

  Segments segments() {
    return segments;
  }

  Position position() {
    return new Position(segment, offset);
  }

  /**
   * Makes the file that is written next, where it is not there yet: that takes longer than entries
   * may wait.
   */
  void prepare() throws IOException {
    if (file == null) {
      file = make(segments.of(segment));
      offset = 0;
    } else if (next == null && offset > segmentBytes / 2) {
      try {
        next = make(segments.of(segment + 1));
      } catch (IOException _) {
        // there is room in this one yet; it is tried again, and told when it is needed
      }
    }
  }

  /**
   * Has the disk keep what was written. From another thread than the one that writes, which a busy
   * disk would hold up: what the system has is safe from whatever becomes of this process.
   */
  void sync() throws IOException {
    for (FileChannel done = full.poll(); done != null; done = full.poll()) {
      try (FileChannel closing = done) {
        closing.force(false);
      }
    }
    FileChannel open = file;
    if (open != null) {
      try {
        open.force(false);
      } catch (ClosedChannelException _) {
        // it was taken back meanwhile
      }
    }
  }

  /** Gives all of them to the system; or none of them counts as written. */
  void append(List<Entry> entries) throws IOException {
    Position half = undone;
    if (half != null) {
      takeBack(half);
      undone = null;
    }
    buffer.clear();
    Position before = position();
    try {
      for (Entry entry : entries) {
        if (buffer.remaining() < Codec.LARGEST || offset + buffer.position() > segmentBytes) {
          flush();
        }
        Codec.put(entry, buffer);
      }
      flush();
    } catch (IOException failure) {
      // the same entries come again: those of them that are there already must not be read
      undone = before;
      throw failure;
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    if (buffer.hasRemaining()) {
      FileChannel open = room(buffer.remaining());
      while (buffer.hasRemaining()) {
        offset += open.write(buffer, offset);
      }
    }
    buffer.clear();
  }

  private FileChannel room(int bytes) throws IOException {
    FileChannel open = file;
    if (open != null && offset + bytes <= segmentBytes) {
      return open;
    }
    if (open != null) {
      full.add(open);
      file = null;
      segment++;
    }
    offset = 0;
    FileChannel ready = next;
    FileChannel made = ready == null ? make(segments.of(segment)) : ready;
    next = null;
    file = made;
    return made;
  }

  private FileChannel make(Path path) throws IOException {
    FileChannel made =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      ByteBuffer zeros = ByteBuffer.allocate(64 * 1024);
      for (long at = 0; at < segmentBytes; ) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), segmentBytes - at));
        at += made.write(zeros, at);
      }
      return made;
    } catch (IOException full) {
      made.close();
      Files.deleteIfExists(path);
      throw full;
    }
  }

  private void takeBack(Position before) throws IOException {
    close(file);
    close(next);
    file = null;
    next = null;
    Path path = segments.of(before.segment());
    if (Files.exists(path)) {
      try (FileChannel open = FileChannel.open(path, StandardOpenOption.WRITE)) {
        open.truncate(before.offset());
      }
    }
    for (long number : segments.numbers()) {
      if (number > before.segment()) {
        Files.deleteIfExists(segments.of(number));
      }
    }
    segment = before.segment() + 1;
    offset = 0;
  }

  private static void close(@Nullable FileChannel open) throws IOException {
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    try {
      sync();
      close(file);
      close(next);
      lock.close();
    } catch (IOException _) {
      // all that counts was written before
    }
  }
}
