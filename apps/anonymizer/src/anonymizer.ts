import {
  TABLE_EDITION,
  type HoldReason,
  type IdentityTokens,
  type Profile,
  type ReportedElement,
} from '@waystation/deidentification';
import { CodedError } from '@waystation/kernel';
import {
  ProcessingModule,
  type InputInstance,
  type ProcessingContext,
  type ProcessingInput,
  type ProcessingOutput,
} from '@waystation/module-sdk';
import { Secrets } from '@waystation/secrets';
import { Inject } from '@nestjs/common';
import { ActionSummary } from './action-summary.js';
import { AnonymizerSettings } from './anonymizer-settings.js';
import { deidentifyInstance } from './deidentify-instance.js';
import { profileOf } from './profile-of.js';
import { sharedIdentityOf } from './shared-identity-of.js';

/** An object that was not let out. */
interface Held {
  readonly sopInstanceUid: string;
  readonly reasons: readonly HoldReason[];
}

/**
 * Makes objects that name nobody, by the profile of a project (PS3.15 Annex E). What is burned into pixels or written in a
 * document is held. What was done with every element is in the file `deidentification.json` of the job.
 */
@ProcessingModule({ name: 'anonymizer', version: '1.0.0', settings: AnonymizerSettings })
export class Anonymizer {
  constructor(@Inject(Secrets) private readonly secrets: Pick<Secrets, 'of'>) {}

  /** Throws `anonymizer.profile-unknown`, `secret.unavailable`, and what `deidentify` throws of an object. */
  async process(
    input: ProcessingInput,
    output: ProcessingOutput,
    { settings, logger, progress, signal }: ProcessingContext<AnonymizerSettings>,
  ): Promise<void> {
    const { project, ...profile } = profileOf(settings);
    const secret = await this.secretOf(settings, project);
    const shared = await sharedIdentityOf(input.instances, signal);
    const summary = new ActionSummary();
    const held: Held[] = [];
    for (const [index, instance] of input.instances.entries()) {
      signal.throwIfAborted();
      const reasons = await letOut(instance, output, { profile, secret, shared, summary });
      if (reasons.length > 0) held.push({ sopInstanceUid: instance.sopInstanceUid, reasons });
      progress((index + 1) / input.instances.length);
    }
    if (held.length > 0) logger.warn(`${held.length} of ${input.instances.length} objects are held`);
    const report = {
      edition: TABLE_EDITION,
      profile: settings.profile ?? null,
      ...profile,
      held,
      elements: summary.list(),
    };
    await output.addFile('deidentification.json', `${JSON.stringify(report, null, 2)}\n`);
    output.setResult(resultOf(input.instances.length, held));
  }

  /** A secret of the project's own, so that nobody can tell that a patient is in two of them. */
  private async secretOf({ secret }: AnonymizerSettings, project: string): Promise<string> {
    const shared = await this.secrets.of(secret);
    if (shared.length >= SHORTEST_SECRET) return `${shared}|${project}`;
    const message = `secret of the anonymizer has ${shared.length} characters, expected at least ${SHORTEST_SECRET}`;
    throw new CodedError('deidentification.secret-too-short', message);
  }
}

const SHORTEST_SECRET = 16;

interface LettingOut {
  readonly profile: Profile;
  readonly secret: string;
  readonly shared: IdentityTokens | undefined;
  readonly summary: ActionSummary;
}

/** Adds the object without who is in it to the output. @returns why it is held instead */
const letOut = async (
  instance: InputInstance,
  output: ProcessingOutput,
  { summary, ...rules }: LettingOut,
): Promise<readonly HoldReason[]> => {
  const elements: ReportedElement[] = [];
  const report = (element: ReportedElement): void => void elements.push(element);
  const result = await deidentifyInstance(await instance.open(), { ...rules, report });
  if (result.outcome === 'held') return result.reasons;
  await output.addInstance(result.part10, { from: [instance.sopInstanceUid] });
  summary.add(elements);
  return [];
};

/** Counts only: rules ask for them, and everybody may see them. */
const resultOf = (instances: number, held: readonly Held[]) => ({
  status: held.length === 0 ? 'success' : 'partial',
  outcome: held.length === 0 ? 'complete' : held.length === instances ? 'held' : 'partial',
  instances,
  deidentified: instances - held.length,
  held: held.length,
  burnedIn: held.filter(({ reasons }) => reasons.some((reason) => reason.startsWith('burned-in'))).length,
  documents: held.filter(({ reasons }) => reasons.includes('encapsulated-document')).length,
});
