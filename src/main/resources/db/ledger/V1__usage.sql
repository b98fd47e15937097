-- what single exchanges came to
create table usage_entry (
  at_millis bigint not null,
  expected bigint not null,
  calls bigint not null,
  input bigint not null,
  output bigint not null,
  reported bigint not null,
  counted bigint not null,
  estimated bigint not null,
  definitions bigint not null,
  caller varchar(256) not null,
  tenant varchar(256) not null,
  endpoint varchar(64) not null,
  target varchar(256) not null,
  lane varchar(16) not null
);
create index usage_entry_at on usage_entry (at_millis);

-- the same, added up by hours: kept when single entries are not
create table usage_hour (
  at_millis bigint not null,
  calls bigint not null,
  input bigint not null,
  output bigint not null,
  reported bigint not null,
  counted bigint not null,
  estimated bigint not null,
  definitions bigint not null,
  caller varchar(256) not null,
  tenant varchar(256) not null,
  endpoint varchar(64) not null,
  target varchar(256) not null,
  lane varchar(16) not null,
  primary key (at_millis, caller, tenant, endpoint, target, lane)
);

-- how far the journal of each process has been moved here
create table journal_position (
  journal varchar(64) primary key,
  segment bigint not null,
  place bigint not null
);
