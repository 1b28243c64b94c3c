-- One row for each partition of log.event, and for each that was one. From 'archived' on there is a copy in the object
-- store; from 'detached' on the events are read from it.
create table log.segment (
  lo bigint primary key,
  hi bigint not null check (hi >= lo),
  leaf text not null unique,
  state text not null default 'open' check (state in ('open', 'full', 'archived', 'detached', 'dropped')),
  object_key text,
  object_sha256 text,
  directory_at bigint, -- byte of the copy at which its directory begins
  recorded_from timestamptz(3),
  recorded_to timestamptz(3),
  check ((state in ('open', 'full')) = (object_key is null))
);
