import { derivedBy, factsOf, identityOf, jobDecider, seriesDecider, type PlacedIdentity } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { identityPlace, streamName, type JobInput } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { SourceInstance } from '../input/source-instance.js';

/** An object of the input, with what identifies its patient. */
export interface PlacedSource extends SourceInstance {
  readonly identity: PlacedIdentity;
}

/** The objects that a job was requested for, as the log has them. Throws `job.unknown-input`. */
export const sourcesOf = async (
  commands: CommandHandler,
  parts: readonly JobInput[],
): Promise<readonly PlacedSource[]> => {
  const sources: PlacedSource[] = [];
  for (const part of parts)
    sources.push(...('seriesInstanceUid' in part ? await received(commands, part) : await derived(commands, part)));
  return sources;
};

type Received = Extract<JobInput, { readonly seriesInstanceUid: string }>;
type Derived = Exclude<JobInput, Received>;

const received = async (
  commands: CommandHandler,
  { seriesInstanceUid, instances: { afterSequence, throughSequence, sopInstanceUids } }: Received,
): Promise<readonly PlacedSource[]> => {
  const { state } = await commands.load(seriesDecider, streamName.series(seriesInstanceUid));
  if (state.status === 'unknown')
    throw new CodedError('job.unknown-input', `the log has no series ${seriesInstanceUid}`);
  const chosen = sopInstanceUids && new Set(sopInstanceUids);
  const { studyInstanceUid } = state;
  return [...state.instances.values()]
    .filter(({ sequence }) => sequence > afterSequence && sequence <= throughSequence)
    .filter(({ sopInstanceUid }) => chosen?.has(sopInstanceUid) ?? true)
    .sort((a, b) => a.sequence - b.sequence)
    .map((instance) => {
      const { sopInstanceUid, sopClassUid, transferSyntaxUid, object } = instance;
      return {
        ...{ sopInstanceUid, sopClassUid, transferSyntaxUid, seriesInstanceUid, studyInstanceUid, object },
        facts: factsOf(state, instance, {}),
        identity: identityOf(state, instance),
      };
    });
};

const derived = async (commands: CommandHandler, { job, attempt }: Derived): Promise<readonly PlacedSource[]> => {
  const { state } = await commands.load(jobDecider, streamName.job(job));
  if (state.status === 'unknown') throw new CodedError('job.unknown-input', `the log has no job ${job}`);
  return derivedBy(state, attempt).map((instance) => {
    const { sopInstanceUid, sopClassUid, transferSyntaxUid, seriesInstanceUid, studyInstanceUid, object } = instance;
    const { header: facts, identity: sealed } = instance;
    const place = identityPlace.instanceDerived(job, attempt, sopInstanceUid);
    return {
      ...{ sopInstanceUid, sopClassUid, transferSyntaxUid, seriesInstanceUid, studyInstanceUid, object, facts },
      identity: { sealed, place },
    };
  });
};
