export { IngestModule } from './ingest.module.js';
export { StorageScpService } from './storage-scp.service.js';
