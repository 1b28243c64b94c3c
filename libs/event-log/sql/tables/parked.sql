-- Events that a consumer could not handle, kept until a person has looked at them.
create table log.parked (
  consumer text not null,
  position bigint not null,
  attempts int not null,
  error text not null,
  at timestamptz not null default clock_timestamp(),
  state text not null default 'parked' check (state in ('parked', 'retrying', 'resolved')),
  primary key (consumer, position)
);
