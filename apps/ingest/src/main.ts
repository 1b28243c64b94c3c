import cluster from 'node:cluster';
import { loadSettings } from '@waystation/configuration';
import { runService } from '@waystation/service';
import { IngestModule } from './ingest.module.js';
import type { ReceiverReady } from './receivers/receiver-ready.js';
import { superviseReceivers } from './receivers/supervise-receivers.js';
import { StorageScpService } from './storage-scp.service.js';

/** How many receivers the settings ask for. What is wrong with settings the service says itself. */
const receivers = (): number => {
  try {
    return loadSettings({ env: process.env, folder: process.cwd() }).dicom.receivers;
  } catch {
    return 1;
  }
};

const count = cluster.isPrimary ? receivers() : 1;
if (count > 1) {
  superviseReceivers(count, (sentence) => process.stdout.write(`ingest: ${sentence}\n`));
} else {
  await runService('ingest', IngestModule, {
    onReady: (app) => {
      const { listening } = app.get(StorageScpService, { strict: false });
      const { port, tlsPort } = listening ?? {};
      process.send?.({ kind: 'receiver-ready', port, tlsPort } satisfies ReceiverReady);
    },
  });
}
