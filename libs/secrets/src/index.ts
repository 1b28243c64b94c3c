export { Secrets, type SecretsOptions } from './secrets.js';
