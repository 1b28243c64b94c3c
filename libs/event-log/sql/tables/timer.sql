-- What has to be looked at later: at most one per stream, set and cleared by the append that makes it necessary.
create table log.timer (
  stream_id text primary key,
  queue text collate "C" not null check (queue <> ''),
  due_at timestamptz(3) not null,
  urgent boolean not null default false,
  waits_for text, -- a stream whose events may make it due sooner
  claimed_by text,
  claimed_at timestamptz(3),
  claimed_until timestamptz(3),
  wake_at timestamptz(3) not null generated always as (greatest(due_at, claimed_until)) stored
);

create index timer_queue_wake_at on log.timer (queue, urgent, wake_at);
create index timer_waits_for on log.timer (waits_for) where waits_for is not null;
