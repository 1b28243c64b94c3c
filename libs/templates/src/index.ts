export { checkTemplate } from './check-template.js';
export { formatOf, type TemplateFormat } from './template-format.js';
export { renderTemplate } from './render-template.js';
export type { TemplateValues } from './template-values.js';
