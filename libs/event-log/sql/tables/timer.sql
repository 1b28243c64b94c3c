-- What has to be looked at later: at most one per stream, set and cleared by the append that makes it necessary.
create table log.timer (
  stream_id text primary key,
  queue text collate "C" not null check (queue <> ''),
  due_at timestamptz(3) not null,
  claimed_by text,
  claimed_at timestamptz(3),
  claimed_until timestamptz(3),
  wake_at timestamptz(3) not null generated always as (greatest(due_at, claimed_until)) stored
);

create index timer_queue_wake_at on log.timer (queue, wake_at);
