package dev.turnpike.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of a trail since it was written.
 *
 * @param records that were read
 * @param first the number of the first; older files may have been taken away
 * @param last the number of the last
 * @param faults each with the file and the line; empty: nothing was changed, lost or moved
 */
public record Verification(long records, long first, long last, List<String> faults) {
  private static final int MOST_FAULTS = 100;

  public Verification {
    faults = List.copyOf(faults);
  }

  /** Reads every file of the folder. Blocks. */
  public static Verification of(Path folder) throws IOException {
    TrailFolder trail = new TrailFolder(folder);
    Check check = new Check();
    // before the files: a trail that is being written is longer by then, and never shorter
    boolean noted = Files.exists(trail.head());
    Optional<Links.Link> newest = trail.newest();
    for (Path file : trail.files()) {
      check.read(file);
    }
    check.end(trail.head(), noted, newest);
    return new Verification(check.records, check.first, check.number, check.faults);
  }

  private static final class Check {
    private final List<String> faults = new ArrayList<>();
    private long records;
    private long first;
    private long number;
    private String hash = Links.BEGINNING;

    void read(Path file) throws IOException {
      // what is no UTF-8 is read as something else, and then found to be changed
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
        String text = lines.readLine();
        for (int line = 1; text != null; line++) {
          String where = file.getFileName() + ":" + line;
          Optional<Links.Link> link = Links.read(text);
          if (line == 1 && link.isPresent() && link.get().number() != TrailFolder.first(file)) {
            fault(where + ": is not the record that the file began with");
          }
          String next = lines.readLine();
          if (link.isEmpty() && next == null && !isWhole(file)) {
            // it is being written
            return;
          }
          if (link.isEmpty()) {
            fault(where + ": is not the record that was written");
            number++;
            hash = "";
          } else {
            follow(where, link.get());
          }
          text = next;
        }
      }
    }

    private static boolean isWhole(Path file) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, channel.size() - 1);
        return last.get(0) == '\n';
      }
    }

    private void follow(String where, Links.Link link) {
      if (records == 0) {
        first = link.number();
        if (link.number() == 1 && !link.previous().equals(Links.BEGINNING)) {
          fault(where + ": is the first record, and names one before it");
        }
      } else if (link.number() != number + 1) {
        fault(where + ": is record " + link.number() + ", expected " + (number + 1));
      } else if (!hash.isEmpty() && !link.previous().equals(hash)) {
        fault(where + ": does not follow the record before it");
      }
      records++;
      number = link.number();
      hash = link.hash();
    }

    void end(Path head, boolean noted, Optional<Links.Link> newest) {
      if (!noted) {
        if (records > 0) {
          fault(head.getFileName() + ": is missing, so nobody can say whether the end is");
        }
      } else if (newest.isEmpty()) {
        fault(head.getFileName() + ": is not what was written");
      } else if (newest.get().number() > number) {
        fault(
            "%s: the records from %d to %d are missing"
                .formatted(head.getFileName(), number + 1, newest.get().number()));
      } else if (newest.get().number() == number
          && !newest.get().hash().equals(hash)
          && !hash.isEmpty()) {
        fault(head.getFileName() + ": the last record is not the one that was written");
      }
    }

    private void fault(String what) {
      if (faults.size() < MOST_FAULTS) {
        faults.add(what);
      }
    }
  }
}
