import { hasCode, messageOf } from '@waystation/kernel';
import { newEnvironment } from './engine.js';
import { MeteredInterpreter } from './metered-interpreter.js';
import { parseTemplate } from './parse-template.js';
import { putValues } from './put-values.js';
import { invalid } from './syntax-node.js';
import { escapeFor, type TemplateFormat } from './template-format.js';
import type { TemplateValues } from './template-values.js';

/**
 * What a template makes of values. Jinja's words, without any that could run on; values are escaped as the format asks.
 * @throws CodedError `template.invalid`, a sentence about the template
 */
export const renderTemplate = (source: string, values: TemplateValues, format: TemplateFormat): string => {
  const tree = putValues(parseTemplate(source), format);
  const environment = newEnvironment();
  for (const [name, value] of Object.entries({ ...constants, ...values })) environment.set(name, value);
  try {
    return String(new MeteredInterpreter(environment, escapeFor[format]).run(tree));
  } catch (error) {
    if (hasCode(error, 'template.invalid')) throw error;
    throw invalid(`cannot be rendered: ${messageOf(error)}`, error);
  }
};

const constants = { true: true, false: false, none: null, True: true, False: false, None: null };
