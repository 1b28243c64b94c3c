import { runService } from '@waystation/service';
import { AuditModule } from './audit.module.js';
import { CreateReadModels1767312000000 } from './project-history/create-read-models.js';

await runService('audit', AuditModule, { migrations: [CreateReadModels1767312000000] });
