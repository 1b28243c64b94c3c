import type { Command } from 'commander';
import { removePart } from '../remove-part.js';

/** `waystation module remove NAME` */
export const removeModule = (): Command =>
  removePart({
    kind: 'module',
    description: 'takes a module out; refused while rules name it',
    example: 'lung --reason "the trial ended"',
  });
