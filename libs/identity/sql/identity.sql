-- Keys of patients. Apart from the log, so that they can be destroyed: what is sealed with them is in the log for ever.
create schema identity;

-- The key that the facts of one patient are sealed with, itself wrapped by a key that the database never sees.
create table identity.data_key (
  key_id        uuid        primary key,
  -- Whose it is, as keyed hashes: of issuer and Patient ID, or of the study where there is no Patient ID.
  pseudonym     text        not null,
  -- Of the Patient ID alone; null where there is none.
  patient_index text,
  wrapped       bytea       not null,
  -- Which key-encryption key it is wrapped by.
  kek_id        text        not null,
  created_at    timestamptz not null default clock_timestamp(),
  -- Nothing is sealed with it any more: it is about to be destroyed.
  retired_at    timestamptz
);
create unique index data_key_in_use on identity.data_key (pseudonym) where retired_at is null;
create index on identity.data_key (patient_index);
create index on identity.data_key (kek_id);

-- What the keyed hashes are made with. Does not change when the key-encryption key does.
create table identity.secret (
  name    text  primary key,
  wrapped bytea not null,
  kek_id  text  not null
);

-- Grows when keys are retired: whoever keeps keys in memory looks here before using them.
create table identity.generation (
  is_only_row boolean primary key default true check (is_only_row),
  value       bigint  not null
);
insert into identity.generation (value) values (1);

grant usage on schema identity to waystation_app;
grant select, insert, update, delete on identity.data_key, identity.secret to waystation_app;
grant select, update on identity.generation to waystation_app;
