-- A generation that was being built never comes into force. Of any number where none is given: only for who has the office.
create function audit.abandon_generation(p_failure text, p_number int default null) returns void
language plpgsql security definer
set search_path = audit, pg_temp as $$
begin
  update generation set state = 'abandoned', ended_at = clock_timestamp(), failure = p_failure
  where state = 'building' and number = coalesce(p_number, number);
  perform drop_generations();
end $$;
