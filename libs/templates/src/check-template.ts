import { messageOf } from '@waystation/kernel';
import { renderTemplate } from './render-template.js';
import type { TemplateFormat } from './template-format.js';
import { exampleValues, type TemplateValues } from './template-values.js';

const nobody = { acc: '', mrn: '', patient_name: '', body: '', DeviceSerialNumber: '', series: '', details: '' };

/** Values that differ in what conditions of templates ask for. */
const examples: readonly TemplateValues[] = ['RECEIVED', 'COMPLETED', 'ERROR'].flatMap((event) => [
  { ...exampleValues, event },
  { ...exampleValues, ...nobody, event, targets: [] },
]);

/**
 * What is wrong with a template, in sentences that follow its place; none where it is in order. It is tried on examples of
 * every event, with and without a patient, so that nobody learns of a slip from a message that was never sent.
 */
export const checkTemplate = (source: string, format: TemplateFormat): readonly string[] => {
  for (const values of examples) {
    const problem = problemWith(source, values, format);
    if (problem !== undefined) return [problem];
  }
  return [];
};

const problemWith = (source: string, values: TemplateValues, format: TemplateFormat): string | undefined => {
  try {
    const text = renderTemplate(source, values, format);
    if (format === 'json') assertJson(text, values);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
};

const assertJson = (text: string, { event, mrn }: TemplateValues): void => {
  try {
    JSON.parse(text);
  } catch (error) {
    const of = `${event}${mrn === '' ? ' without a patient' : ''}`;
    throw new Error(`makes no JSON of ${of}: ${messageOf(error)}`, { cause: error });
  }
};
