create table log.event (
  position bigint not null check (position > 0), -- dense over the whole log; its order is the order of commits
  stream_no bigint not null,
  version int not null,
  type text not null,
  recorded_at timestamptz(3) not null, -- this database's clock; never decreases with position
  occurred_at timestamptz(3) not null, -- the producer's clock
  data json not null, -- json, not jsonb: keeps the exact bytes that were hashed
  meta json not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (position)
) partition by range (position);
