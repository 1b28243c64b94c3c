import { hostname } from 'node:os';
import { waystationMetrics } from '@waystation/observability';
import type { AuditMessageSettings, Platform } from '@waystation/service';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { AUDIT_MESSAGES, AuditTrail } from './audit-trail.js';
import { DatagramTransport } from './datagram-transport.js';
import { StreamTransport } from './stream-transport.js';
import type { SyslogTransport } from './syslog-transport.js';

/** Tells an audit repository as long as the application runs, where the settings name one. */
export class AuditTrailService implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #trail: AuditTrail | undefined;

  constructor({ log, source, settings, logger, metrics }: Platform) {
    const { auditMessages, dicom } = settings;
    if (auditMessages === undefined) return;
    const reporter = { source, siteId: auditMessages.siteId, host: hostname(), aeTitle: dicom.aeTitle };
    const sender = { host: hostname(), processId: process.pid };
    this.#trail = new AuditTrail({ log, reporter, sender, logger, open: () => openTransport(auditMessages) });
    waystationMetrics.auditMessageLagPositions(metrics, async () => [
      { value: (await log.head()).position - (await log.checkpoints.get(AUDIT_MESSAGES)) },
    ]);
  }

  onApplicationBootstrap(): void {
    this.#trail?.start();
  }

  /** Before the log is closed. */
  async onModuleDestroy(): Promise<void> {
    await this.#trail?.stop();
  }
}

const openTransport = (settings: AuditMessageSettings): Promise<SyslogTransport> =>
  settings.transport === 'udp' ? DatagramTransport.open(settings) : StreamTransport.open(settings);
