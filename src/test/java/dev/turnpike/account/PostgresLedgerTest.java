package dev.turnpike.account;

import dev.turnpike.testkit.PostgresServer;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.postgresql.ds.PGSimpleDataSource;

@EnabledIf("dev.turnpike.testkit.PostgresServer#isHere")
class PostgresLedgerTest extends DurableLedgerContract {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  DataSource made() throws Exception {
    String name = "usage" + DATABASES.incrementAndGet();
    try (var connection = source("postgres").getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return source(name);
  }

  private static PGSimpleDataSource source(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(server.url(database));
    source.setUser(PostgresServer.USER);
    return source;
  }
}
