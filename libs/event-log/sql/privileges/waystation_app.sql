-- The services read the log and append to it through functions; they cannot write log.event, and can change nothing.
revoke all on all tables in schema log from public;
revoke all on all functions in schema log from public;

grant usage on schema log to waystation_app;
grant select on all tables in schema log to waystation_app;
grant insert, update, delete on log.timer, log.checkpoint, log.office, log.parked to waystation_app;
grant execute on function log.append, log.claim_timers, log.wake_timers, log.arm_timers, log.keep_segments_ahead, log.position_at
  to waystation_app;
-- Each does what an event in the log says, and nothing else.
grant execute on function log.archived_through, log.archive_segment, log.detach_segment, log.drop_segment to waystation_app;

-- Read models are made by later migrations of the same owner.
grant usage on schema public to waystation_app;
alter default privileges in schema public grant select, insert, update, delete, truncate on tables to waystation_app;
alter default privileges in schema public grant usage on sequences to waystation_app;
