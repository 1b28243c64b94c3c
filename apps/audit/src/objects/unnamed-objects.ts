import { jobDecider } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import type { ListedObject, ObjectStore } from '@waystation/object-store';
import type { NamedInLog } from './named-in-log.js';

/**
 * Where everything lies that events name. Copies of seals are of no event and stay; what has any other key is not Waystation's.
 * Whoever keeps objects under a new prefix adds it here.
 */
const PREFIXES = ['archive/', 'derived/', 'objects/', 'quarantine/', 'segments/'] as const;

/** Objects that are looked at together. */
const BATCH = 500;

/** What {@link unnamedObjects} looks at. */
export interface Store {
  readonly objects: Pick<ObjectStore, 'list'>;
  readonly names: NamedInLog;
  readonly commands: Pick<CommandHandler, 'load'>;
}

/**
 * Goes through the object store for what no event names, nor may still name, and is as old as that. Before any of it is handed out
 * the log is read on to its head.
 * @param before milliseconds since 1970
 * @param look told of every object that is there
 */
export async function* unnamedObjects(
  { objects, names, commands }: Store,
  before: number,
  look: (object: ListedObject) => void = () => undefined,
): AsyncGenerator<readonly ListedObject[]> {
  const stillUnnamed = async (batch: readonly ListedObject[]): Promise<readonly ListedObject[]> => {
    await names.catchUp();
    const unnamed: ListedObject[] = [];
    for (const object of batch)
      if (!names.names(object.key) && !(await isUnderWay(commands, object.key))) unnamed.push(object);
    return unnamed;
  };
  let batch: ListedObject[] = [];
  for (const prefix of PREFIXES)
    for await (const object of objects.list(prefix)) {
      look(object);
      if (object.modifiedAt >= before || names.names(object.key)) continue;
      batch.push(object);
      if (batch.length < BATCH) continue;
      yield await stillUnnamed(batch);
      batch = [];
    }
  if (batch.length > 0) yield await stillUnnamed(batch);
}

const DERIVED = /^derived\/([^/]+)\/(\d+)\//;

/** Whether an attempt of a job that goes on made it: that is named when the attempt succeeds, however long it takes. */
const isUnderWay = async (commands: Pick<CommandHandler, 'load'>, key: string): Promise<boolean> => {
  const [, job, attempt] = DERIVED.exec(key) ?? [];
  if (job === undefined) return false;
  const { state } = await commands.load(jobDecider, streamName.job(job));
  return state.status === 'running' && state.attempt === Number(attempt);
};
