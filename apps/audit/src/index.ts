export { AuditModule } from './audit.module.js';
export { CreateReadModels1767312000000 } from './project-history/create-read-models.js';
