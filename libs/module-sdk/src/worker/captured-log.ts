import type { JobLog } from '../module/job-log.js';

/** Bytes of a log; what comes behind them is left out. */
const LONGEST_LOG = 4 * 1024 * 1024;

/** Keeps what a job logs until it is over. */
export class CapturedLog implements JobLog {
  private readonly pieces: Uint8Array[] = [];
  private size = 0;
  private leftOut = 0;

  debug(sentence: string): void {
    this.line('debug', sentence);
  }

  log(sentence: string): void {
    this.line('info', sentence);
  }

  warn(sentence: string): void {
    this.line('warn', sentence);
  }

  error(sentence: string): void {
    this.line('error', sentence);
  }

  write(bytes: Uint8Array): void {
    const taken = bytes.subarray(0, LONGEST_LOG - this.size);
    if (taken.length > 0) this.pieces.push(Uint8Array.from(taken));
    this.size += taken.length;
    this.leftOut += bytes.length - taken.length;
  }

  /** Undefined where nothing was logged. */
  bytes(): Buffer | undefined {
    if (this.size === 0) return undefined;
    const end = this.leftOut > 0 ? [Buffer.from(`\n[${this.leftOut} more bytes are left out]\n`)] : [];
    return Buffer.concat([...this.pieces, ...end]);
  }

  private line(level: string, sentence: string): void {
    this.write(Buffer.from(`${new Date().toISOString()} ${level.padEnd(5)} ${sentence}\n`));
  }
}
