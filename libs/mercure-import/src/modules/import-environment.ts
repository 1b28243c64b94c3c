import type { ContainerModule } from '@waystation/events';
import { looksSecret } from '../parts/looks-secret.js';
import type { Part } from '../parts/part.js';

const variable = /^[A-Za-z_][A-Za-z0-9_]{0,119}$/;
/** No module gets settings of Waystation. */
const own = /^WAYSTATION_/;
/** mercure sets them over whatever the module says. */
const given: ReadonlySet<string> = new Set([
  'MERCURE_IN_DIR',
  'MERCURE_OUT_DIR',
  'MONAI_INPUTPATH',
  'MONAI_OUTPUTPATH',
  'HOLOSCAN_INPUT_PATH',
  'HOLOSCAN_OUTPUT_PATH',
]);

type Environment = Pick<ContainerModule, 'environment' | 'secrets'>;

/** The variables of a module; what looks like a secret is only named, and told where to be put. */
export const importEnvironment = (part: Part): Environment => {
  const environment: Record<string, string> = {};
  const secrets: Record<string, { environment: string }> = {};
  for (const each of part.parts) {
    const { name, value } = each;
    const text = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (!text || !variable.test(name)) each.notTaken('it is no variable with a text');
    else if (given.has(name)) each.notTaken('mercure gives it another value, and so does Waystation');
    else if (looksSecret(name, value)) {
      const source = own.test(name) ? `MODULE_${name}` : name;
      secrets[name] = { environment: source };
      each.changed(
        `it looks like a secret, which would stay in the log for ever: secrets names it; set ${source} to its value where processing runs`,
      );
    } else {
      environment[name] = String(value);
      each.taken('environment has it');
    }
  }
  return { environment, secrets };
};
