import {
  auditMessagesOf,
  isAudited,
  syslogMessage,
  type Reporter,
  type SyslogSender,
} from '@waystation/audit-messages';
import type { EventLog, Office } from '@waystation/event-log';
import type { RecordedEvent } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import type { Logger } from '@waystation/service';
import { SharedPages } from '../feed/shared-pages.js';
import { Wake } from '../feed/wake.js';
import { rest } from '../webhooks/rest.js';
import { ConfirmedProgress } from './confirmed-progress.js';
import { Subjects } from './subjects.js';
import type { SyslogTransport } from './syslog-transport.js';

/** The office of whoever reports, and its checkpoint: the last event whose messages have surely arrived. */
export const AUDIT_MESSAGES = 'audit-messages';

export interface AuditTrailOptions {
  readonly log: EventLog;
  readonly reporter: Reporter;
  readonly sender: SyslogSender;
  readonly open: () => Promise<SyslogTransport>;
  readonly logger: Pick<Logger, 'log' | 'warn'>;
  /** Milliseconds after which a connection that still lives has delivered what was sent. */
  readonly settleMs?: number;
}

const SETTLE_MS = 5_000;
const LOOK_EVERY_MS = 1_000;
const BREATHER_MS = 1_000;
const LONGEST_BREATHER_MS = 30_000;

/**
 * Tells an audit repository of the log from its beginning, in order, at least once. Syslog has no acknowledgement: what was
 * sent counts as arrived when the connection has lived for a while after it, and is sent again where it has not.
 */
export class AuditTrail {
  readonly #stopping = new AbortController();
  readonly #wake = new Wake();
  readonly #pages: SharedPages;
  readonly #subjects: Subjects;
  readonly #settleMs: number;
  #failures = 0;
  #ended: Promise<void> = Promise.resolve();

  constructor(private readonly options: AuditTrailOptions) {
    this.#pages = new SharedPages(options.log);
    this.#subjects = new Subjects(options.log);
    this.#settleMs = options.settleMs ?? SETTLE_MS;
  }

  start(): void {
    this.#ended = this.#run();
  }

  /** Sends no further message, and waits until the repository has those that were sent, for a few seconds. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake.ring();
    await this.#ended;
  }

  async #run(): Promise<void> {
    const silence = this.options.log.onAppended(this.#wake.ring);
    while (!this.#stopping.signal.aborted) {
      try {
        const office = await this.options.log.checkpoints.take(AUDIT_MESSAGES);
        if (office !== undefined) await this.#inOffice(office);
        this.#failures = 0;
      } catch (error) {
        this.#failures += 1;
        this.options.logger.warn(`audit messages have to wait: ${messageOf(error)}`);
      }
      await rest(Math.min(BREATHER_MS * 2 ** this.#failures, LONGEST_BREATHER_MS), this.#stopping.signal);
    }
    silence();
  }

  async #inOffice(office: Office): Promise<void> {
    try {
      const transport = await this.options.open();
      this.#failures = 0;
      try {
        await this.#tell(transport, office);
      } finally {
        transport.destroy();
      }
    } finally {
      await office.giveBack();
    }
  }

  async #tell(transport: SyslogTransport, office: Office): Promise<void> {
    const begun = await this.options.log.checkpoints.get(AUDIT_MESSAGES);
    const progress = new ConfirmedProgress(begun, this.#settleMs);
    const mayWork = (): boolean => !this.#stopping.signal.aborted && office.held && !transport.lost.aborted;
    while (mayWork()) {
      const page = await this.#pages.behind(progress.sent);
      for (const event of page) {
        if (!mayWork()) break;
        await this.#send(event, transport);
        progress.send(event.position, performance.now());
      }
      await this.#save(office, progress.confirm(performance.now()));
      if (page.length === 0) await this.#wake.within(LOOK_EVERY_MS);
    }
    if (transport.lost.aborted) this.options.logger.warn('the connection to the audit repository was lost');
    if (transport.lost.aborted || !office.held) return;
    await transport.end();
    await this.#save(office, progress.sent);
  }

  async #send(event: RecordedEvent, transport: SyslogTransport): Promise<void> {
    if (!isAudited(event.type)) return;
    const { log, reporter, sender } = this.options;
    const messages = auditMessagesOf(event, await this.#subjects.of(event), reporter);
    for (const message of messages) await transport.send(syslogMessage(message, log.clock.estimate(), sender));
  }

  #saved = -1;

  async #save(office: Office, position: number): Promise<void> {
    if (position === this.#saved) return;
    await office.save(AUDIT_MESSAGES, position);
    this.#saved = position;
  }
}
