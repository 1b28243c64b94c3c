import type { Readable } from 'node:stream';

/** A job as a contract tells a container of it. */
export interface ContractJob {
  readonly id: string;
  /** Name of the module in the configuration. */
  readonly module: string;
  /** Absent where an operator asked for the job. */
  readonly rule?: string | undefined;
  readonly studyInstanceUid: string;
  /** Present where the job is about one series and not about a study. */
  readonly seriesInstanceUid?: string | undefined;
  readonly settings: unknown;
}

/** One object of the input. */
export interface ContractInstance {
  readonly sopInstanceUid: string;
  readonly seriesInstanceUid: string;
  /** Bytes of the Part 10 file. */
  readonly size: number;
  /** The Part 10 file. */
  open(): Promise<Readable>;
}
