-- Heads of the streams: the version that optimistic concurrency compares, and which segments hold the stream.
create table log.stream (
  stream_no bigint generated always as identity primary key,
  stream_id text not null unique check (stream_id <> '' and stream_id !~ '[[:cntrl:]]'),
  version int not null,
  first_position bigint not null,
  last_position bigint not null
) with (fillfactor = 80);
