-- One row for each partition of log.event.
create table log.segment (
  lo bigint primary key,
  hi bigint not null check (hi >= lo),
  leaf text not null unique,
  state text not null default 'open' check (state in ('open', 'full'))
);
