-- How far a reader of the log has come.
create table log.checkpoint (
  name text primary key,
  position bigint not null check (position >= 0),
  updated_at timestamptz not null default clock_timestamp()
);
