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
  revision            int         not null,
  outcome             text,
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
  revision            int         not null,
  attempts            int         not null,
  instances           int         not null,
  delivered           int         not null,
  last_failure        text,
  position            bigint      not null
);
create index on view.delivery (series_instance_uid);
create index on view.delivery (status, position desc);

-- Which streams belong to the history of a series.
create table view.related_stream (
  series_instance_uid text not null,
  stream              text not null,
  primary key (series_instance_uid, stream)
);

-- Objects that could not be understood.
create table view.quarantine (
  object_key       text        primary key,
  association      text        not null,
  sop_instance_uid text        not null,
  reason           text        not null,
  quarantined_at   timestamptz not null,
  position         bigint      not null
);
