import { jobDecider } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import type { EventMetadata } from '@waystation/events';

/** A module that says every per cent would fill the log: what comes sooner replaces what waits. */
const PAUSE_MS = 2000;
const LONGEST_MESSAGE = 500;

/** Writes down how far a job is. It is nothing that anything depends on: where it cannot be written it is left out. */
export class ProgressReport {
  private waiting: { readonly fraction: number; readonly message?: string } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly commands: CommandHandler,
    private readonly stream: string,
    private readonly attempt: number,
    private readonly metadata: EventMetadata,
  ) {}

  readonly say = (fraction: number, message?: string): void => {
    const bounded = Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0;
    this.waiting = { fraction: bounded, ...(message && { message: message.slice(0, LONGEST_MESSAGE) }) };
    if (this.timer === undefined) this.write();
  };

  /** Nothing is written any more once this has settled. */
  async end(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = undefined;
    await this.writing;
  }

  private write(): void {
    const { waiting: progress, attempt, metadata } = this;
    this.timer = undefined;
    this.waiting = undefined;
    if (progress === undefined) return;
    const command = { kind: 'record-progress', attempt, ...progress } as const;
    this.timer = setTimeout(() => this.write(), PAUSE_MS);
    this.writing = this.commands.handle(jobDecider, this.stream, command, { metadata }).catch(() => undefined);
  }
}
