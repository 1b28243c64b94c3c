-- What can be asked for quickly. Everything here is derived from the log and may be dropped at any time.
create schema view;

create table view.series (
  series_instance_uid text primary key,
  study_instance_uid  text        not null,
  status              text        not null,
  modality            text        not null,
  description         text        not null,
  sender              text        not null,
  instances           int         not null,
  duplicates          int         not null,
  conflicts           int         not null,
  spooled             int         not null,
  -- Objects whose bytes are not kept any more.
  expired             int         not null,
  -- Who wants its objects kept, and why.
  hold                text,
  revision            int         not null,
  outcome             text,
  -- Who the patient is, sealed as in the log.
  identity            json        not null,
  opened_at           timestamptz not null,
  last_received_at    timestamptz not null,
  position            bigint      not null
);
create index on view.series (position desc);
create index on view.series (study_instance_uid);

create table view.delivery (
  delivery            text primary key,
  series_instance_uid text        not null,
  target              text        not null,
  status              text        not null,
  priority            text        not null,
  -- Why it is held, until when and for what.
  hold                text,
  held_until          timestamptz,
  held_for            text,
  revision            int         not null,
  attempts            int         not null,
  instances           int         not null,
  delivered           int         not null,
  last_failure        text,
  position            bigint      not null
);
create index on view.delivery (position desc);
create index on view.delivery (series_instance_uid);
create index on view.delivery (status, position desc);

-- What rules that wait for whole studies have collected.
create table view.study (
  study_instance_uid text        not null,
  rule               text        not null,
  status             text        not null,
  waiting            int         not null,
  discarded          int         not null,
  revision           int         not null,
  waiting_since      timestamptz,
  last_matched_at    timestamptz not null,
  position           bigint      not null,
  primary key (study_instance_uid, rule)
);
create index on view.study (position desc);
create index on view.study (status, position desc);

create table view.job (
  job                 text primary key,
  study_instance_uid  text   not null,
  -- Null where it is about the study.
  series_instance_uid text,
  module              text   not null,
  -- Null where somebody asked for it without a rule.
  rule                text,
  step                int    not null,
  status              text   not null,
  priority            text   not null,
  -- When the hours begin that it is held for.
  held_until          timestamptz,
  revision            int    not null,
  attempts            int    not null,
  worker              text,
  -- Between 0 and 1, of the attempt that runs.
  progress            real,
  outputs             int    not null,
  -- What was decided to follow from it.
  follows             text,
  last_failure        text,
  position            bigint not null
);
create index on view.job (study_instance_uid);
create index on view.job (status, position desc);

create table view.notification (
  notification        text primary key,
  study_instance_uid  text        not null,
  -- Null where it is about the study.
  series_instance_uid text,
  rule                text        not null,
  event               text        not null,
  channel             text        not null,
  status              text        not null,
  attempts            int         not null,
  details             text        not null,
  last_failure        text,
  position            bigint      not null
);
create index on view.notification (position desc);
create index on view.notification (study_instance_uid);
create index on view.notification (series_instance_uid) where series_instance_uid is not null;
create index on view.notification (status, position desc);

-- Which key seals who the patient of a series is; with objects of several patients, several. Says nothing without the keys.
create table view.sealed_series (
  key                 uuid   not null,
  series_instance_uid text   not null,
  -- Of the first event that was sealed so.
  position            bigint not null,
  primary key (key, series_instance_uid)
);

-- The words of the names of patients, as keyed hashes. Gone when the patient is forgotten.
create table view.name_token (
  token               text not null,
  series_instance_uid text not null,
  key                 uuid not null,
  primary key (token, series_instance_uid, key)
);
create index on view.name_token (key);

-- Which streams belong to the history of a series.
create table view.related_stream (
  series_instance_uid text not null,
  stream              text not null,
  primary key (series_instance_uid, stream)
);

-- Objects that could not be understood.
create table view.quarantine (
  object_key       text        primary key,
  -- Of its data set.
  sha256           text        not null,
  association      text        not null,
  sop_instance_uid text        not null,
  reason           text        not null,
  quarantined_at   timestamptz not null,
  position         bigint      not null
);
create index on view.quarantine (position desc);

-- What became of objects in quarantine that somebody asked to take in again.
create table view.reinjection (
  sha256              text   primary key,
  status              text   not null,
  author              text   not null,
  series_instance_uid text,
  refusal             text,
  position            bigint not null
);

-- What peers were refused: associations, operations and objects.
create table view.refusal (
  position         bigint      primary key,
  what             text        not null,
  association      text        not null,
  calling_ae_title text        not null,
  address          text        not null,
  subject          text        not null,
  reason           text        not null,
  refused_at       timestamptz not null
);
create index on view.refusal (what, position desc);
create index on view.refusal (calling_ae_title, position desc);
