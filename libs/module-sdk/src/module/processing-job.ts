import type { JsonObject } from './json.js';

/** The job that a module is at work on, without what identifies the patient. */
export interface ProcessingJob {
  readonly id: string;
  /** From 1. */
  readonly attempt: number;
  /** Name of the module in the configuration. */
  readonly module: string;
  /** Name of the rule that asked for the job; undefined where somebody asked for it without one. */
  readonly rule?: string | undefined;
  /** Position of the step among those of the rule, from 0. */
  readonly step: number;
  readonly studyInstanceUid: string;
  /** Present where the job is about one series and not about a study. */
  readonly seriesInstanceUid?: string | undefined;
  /** Of the module, of the step and of a restart together; nobody has checked them yet. */
  readonly settings: JsonObject;
}
