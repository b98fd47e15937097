package dev.turnpike.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The tables of the ledger: single entries, their sums by hours, and how far each journal was
 * moved. In SQL that H2 and PostgreSQL both take.
 */
final class JdbcStore implements Store {
  private static final String NAMES = "caller, tenant, endpoint, target, lane";
  private static final List<String> SUMMED =
      List.of("calls", "input", "output", "reported", "counted", "estimated", "definitions");
  private static final String FIGURES = String.join(", ", SUMMED);
  private static final String SUMS = each("least(sum(%1$s), " + Figures.MOST + ")");
  private static final String ADDED = each("%1$s = least(%1$s + ?, " + Figures.MOST + ")");
  private static final String HOURS = "from usage_hour where at_millis >= ? and at_millis < ?";
  private static final String ENTRIES = "from usage_entry where at_millis >= ? and at_millis < ?";
  private static final long HOUR_MILLIS = 3_600_000;

  private final Supplier<? extends DataSource> database;
  private final Runnable dropped;

  /**
   * @param dropped runs where anything failed: who keeps connections is to let go of all, and to
   *     look at the tables again. H2 closes itself where it cannot write, opens when its last
   *     connection is closed, and then has nothing of its last half second, maybe not even tables
   */
  JdbcStore(Supplier<? extends DataSource> database, Runnable dropped) {
    this.database = database;
    this.dropped = dropped;
  }

  private static String each(String sql) {
    return SUMMED.stream().map(sql::formatted).collect(Collectors.joining(", "));
  }

  @FunctionalInterface
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T within(int isolation, Work<T> work) throws Unavailable {
    try (Connection connection = database.get().getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(isolation);
      try {
        T done = work.on(connection);
        connection.commit();
        return done;
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      }
    } catch (SQLException | RuntimeException failure) {
      throw unavailable(failure);
    }
  }

  private Unavailable unavailable(Exception failure) {
    dropped.run();
    return new Unavailable(String.valueOf(failure.getMessage()), failure);
  }

  @Override
  public Position position(String journal) throws Unavailable {
    return within(
        Connection.TRANSACTION_READ_COMMITTED, connection -> position(connection, journal));
  }

  private static Position position(Connection connection, String journal) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select segment, place from journal_position where journal = ?")) {
      query.setString(1, journal);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? new Position(row.getLong(1), row.getLong(2)) : Position.BEGINNING;
      }
    }
  }

  @Override
  public void put(String journal, Position from, List<Entry> entries, Position next)
      throws Unavailable {
    within(
        Connection.TRANSACTION_READ_COMMITTED,
        connection -> {
          if (!position(connection, journal).equals(from)) {
            throw new SQLException("is not where it was: it was opened anew");
          }
          insert(connection, entries);
          addUp(connection, entries);
          advance(connection, journal, next);
          return next;
        });
  }

  private static void insert(Connection connection, List<Entry> entries) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into usage_entry (at_millis, expected, %s, %s) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
                .formatted(FIGURES, NAMES))) {
      for (Entry entry : entries) {
        insert.setLong(1, entry.millis());
        insert.setLong(2, entry.expected());
        int at = figures(insert, 3, entry.figures());
        names(insert, at, entry.account());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private record Hour(long millis, Account account) {}

  private static void addUp(Connection connection, List<Entry> entries) throws SQLException {
    Map<Hour, Figures> sums = new LinkedHashMap<>();
    for (Entry entry : entries) {
      sums.merge(new Hour(floor(entry.millis()), entry.account()), entry.figures(), Figures::plus);
    }
    List<Map.Entry<Hour, Figures>> hours = new ArrayList<>(sums.entrySet());
    int[] known;
    try (PreparedStatement update =
        connection.prepareStatement(
            ("update usage_hour set %s where at_millis = ? and caller = ? and tenant = ?"
                    + " and endpoint = ? and target = ? and lane = ?")
                .formatted(ADDED))) {
      for (Map.Entry<Hour, Figures> hour : hours) {
        int at = figures(update, 1, hour.getValue());
        update.setLong(at, hour.getKey().millis());
        names(update, at + 1, hour.getKey().account());
        update.addBatch();
      }
      known = update.executeBatch();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into usage_hour (at_millis, %s, %s) values (?,?,?,?,?,?,?,?,?,?,?,?,?)"
                .formatted(FIGURES, NAMES))) {
      for (int i = 0; i < known.length; i++) {
        if (known[i] == 0) {
          insert.setLong(1, hours.get(i).getKey().millis());
          int at = figures(insert, 2, hours.get(i).getValue());
          names(insert, at, hours.get(i).getKey().account());
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private static void advance(Connection connection, String journal, Position next)
      throws SQLException {
    for (String statement :
        List.of(
            "update journal_position set segment = ?, place = ? where journal = ?",
            "insert into journal_position (segment, place, journal) values (?,?,?)")) {
      try (PreparedStatement write = connection.prepareStatement(statement)) {
        write.setLong(1, next.segment());
        write.setLong(2, next.offset());
        write.setString(3, journal);
        if (write.executeUpdate() > 0) {
          return;
        }
      }
    }
  }

  @Override
  public void secure() throws Unavailable {
    try (Connection connection = database.get().getConnection()) {
      // H2 writes what was committed up to half a second later; PostgreSQL before it says so
      if (connection.getMetaData().getDatabaseProductName().equals("H2")) {
        try (PreparedStatement checkpoint = connection.prepareStatement("checkpoint sync")) {
          checkpoint.execute();
        }
      }
    } catch (SQLException | RuntimeException failure) {
      throw unavailable(failure);
    }
  }

  @Override
  public Sums sums(String journal, long fromMillis, long toMillis) throws Unavailable {
    // H2 has one moment for several tables only here
    return within(
        Connection.TRANSACTION_SERIALIZABLE,
        connection -> {
          Map<Account, Figures> all = new HashMap<>();
          long firstHour = fromMillis == Long.MIN_VALUE ? fromMillis : ceiling(fromMillis);
          long lastHour = toMillis == Long.MAX_VALUE ? toMillis : floor(toMillis);
          if (firstHour < lastHour) {
            add(connection, HOURS, firstHour, lastHour, all);
            add(connection, ENTRIES, fromMillis, firstHour, all);
            add(connection, ENTRIES, lastHour, toMillis, all);
          } else {
            add(connection, ENTRIES, fromMillis, toMillis, all);
          }
          return new Sums(all, position(connection, journal));
        });
  }

  private static void add(
      Connection connection, String where, long from, long to, Map<Account, Figures> all)
      throws SQLException {
    if (from >= to) {
      return;
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "select %s, %s %s group by %s".formatted(SUMS, NAMES, where, NAMES))) {
      query.setLong(1, from);
      query.setLong(2, to);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          Figures figures =
              new Figures(
                  row.getLong(1),
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4),
                  row.getLong(5),
                  row.getLong(6),
                  row.getLong(7));
          Account account =
              new Account(
                  row.getString(8),
                  row.getString(9),
                  row.getString(10),
                  row.getString(11),
                  row.getString(12));
          all.merge(account, figures, Figures::plus);
        }
      }
    }
  }

  @Override
  public void forget(long beforeMillis) throws Unavailable {
    within(
        Connection.TRANSACTION_READ_COMMITTED,
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from usage_entry where at_millis < ?")) {
            delete.setLong(1, floor(beforeMillis));
            return delete.executeUpdate();
          }
        });
  }

  private static int figures(PreparedStatement statement, int first, Figures figures)
      throws SQLException {
    int at = first;
    statement.setLong(at++, figures.calls());
    statement.setLong(at++, figures.input());
    statement.setLong(at++, figures.output());
    statement.setLong(at++, figures.reported());
    statement.setLong(at++, figures.counted());
    statement.setLong(at++, figures.estimated());
    statement.setLong(at++, figures.definitions());
    return at;
  }

  private static void names(PreparedStatement statement, int first, Account account)
      throws SQLException {
    int at = first;
    statement.setString(at++, account.caller());
    statement.setString(at++, account.tenant());
    statement.setString(at++, account.endpoint());
    statement.setString(at++, account.target());
    statement.setString(at, account.lane());
  }

  private static long floor(long millis) {
    return Math.floorDiv(millis, HOUR_MILLIS) * HOUR_MILLIS;
  }

  private static long ceiling(long millis) {
    return -floor(-millis);
  }
}
