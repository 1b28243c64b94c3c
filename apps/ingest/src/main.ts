import { runService } from '@waystation/service';
import { IngestModule } from './ingest.module.js';

await runService('ingest', IngestModule);
