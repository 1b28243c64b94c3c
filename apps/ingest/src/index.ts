export { IngestModule } from './ingest.module.js';
export type { ListeningOn } from './receivers/dicom-ports.js';
export { isReceiverReady } from './receivers/receiver-ready.js';
export { StorageScpService } from './storage-scp.service.js';
