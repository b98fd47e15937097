package dev.turnpike.account;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

class H2LedgerTest extends DurableLedgerContract {
  @Override
  DataSource made() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:file:" + folder.resolve("usage"));
    return h2;
  }
}
