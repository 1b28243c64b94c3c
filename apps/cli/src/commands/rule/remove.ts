import type { Command } from 'commander';
import { removePart } from '../remove-part.js';

/** `waystation rule remove NAME` */
export const removeRule = (): Command =>
  removePart({ kind: 'rule', description: 'takes a rule out', example: '"CT heads" --reason "study ended"' });
