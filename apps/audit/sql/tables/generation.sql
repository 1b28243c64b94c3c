-- Every derivation of the read models from the log: the one in force, one that is under way, and what became of the others.
create schema audit;

create table audit.generation (
  number int generated always as identity primary key,
  state text not null check (state in ('building', 'current', 'replaced', 'abandoned')),
  started_at timestamptz(3) not null default clock_timestamp(),
  ended_at timestamptz(3), -- when it came into force, or was abandoned
  position bigint not null default 0, -- how far it has come
  goal bigint not null default 0, -- how far it has to come to catch up
  report json,
  failure text
);
create unique index on audit.generation (state) where state in ('building', 'current');

insert into audit.generation (state, ended_at) values ('current', clock_timestamp());
