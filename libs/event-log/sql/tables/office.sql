-- What one process at a time does for all, and who it is. Nobody has an office for good: who does not renew it loses it.
create table log.office (
  name text primary key,
  holder text not null,
  held_until timestamptz(3) not null
);
