import { StoreScp } from '../../../libs/dicom-network/dist/index.js';
import { answerAssociation } from '../../../apps/ingest/dist/associations/association-policy.js';

const anybody = {
  acceptCalledAeTitles: '*',
  acceptCallingAeTitles: '*',
  senderOf: () => undefined,
  calledEntity: () => 'accept',
};

/** Waystation's DICOM server with one handler, until it is told to stop. */
export async function serveStores(port, store) {
  const scp = await StoreScp.listen({
    host: '127.0.0.1',
    port,
    handlers: {
      associate: (request) => answerAssociation(anybody, request),
      store: (_association, request) => store(request),
      ended: () => undefined,
      handlerFailed: (error) => process.stderr.write(`${error.stack}\n`),
    },
  });
  process.on('SIGTERM', () => void scp.close(1000).then(() => process.exit(0)));
}
