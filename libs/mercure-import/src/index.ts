export { importMercure, type MercureImport, type MercureImportOptions } from './import-mercure.js';
export type { ImportItem } from './parts/import-item.js';
