import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runSqlFiles } from './run-sql-files.js';

const FILES = [
  'schemas/log',
  'roles/waystation_app',
  'tables/stream',
  'tables/event',
  'tables/segment',
  'tables/timer',
  'tables/checkpoint',
  'tables/office',
  'tables/parked',
  'functions/refuse_change',
  'functions/add_segment',
  'functions/keep_segments_ahead',
  'functions/tail',
  'functions/refused_parts',
  'functions/append_each',
  'functions/append',
  'functions/claim_timers',
  'functions/wake_timers',
  'functions/arm_timers',
  'functions/archived_through',
  'functions/position_at',
  'functions/segment_named_by',
  'functions/archive_segment',
  'functions/detach_segment',
  'functions/drop_segment',
  'triggers/event_is_append_only',
  'triggers/event_is_not_truncated',
  'privileges/waystation_app',
];

/** Makes the schema `log`. TypeORM orders migrations by the time at the end of their class names. */
export class CreateEventLog1767225600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runSqlFiles(runner, new URL('../../sql/', import.meta.url), FILES);
  }

  async down(): Promise<void> {
    throw new Error('an event log is not dropped by a migration');
  }
}
