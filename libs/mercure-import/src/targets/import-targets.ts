import { Target } from '@waystation/events';
import { commentOf } from '../parts/comment-of.js';
import { fitNames } from '../parts/fit-names.js';
import { namedParts } from '../parts/named-parts.js';
import { noteName } from '../parts/note-name.js';
import type { Part } from '../parts/part.js';
import { problemsOf } from '../parts/problems-of.js';
import { textAt, wordAt } from '../parts/values.js';
import { importDicomTarget } from './import-dicom-target.js';
import { importFolderTarget } from './import-folder-target.js';
import { retryOfMercure } from './retry-of-mercure.js';
import type { TargetContext } from './target-context.js';
import { targetsNotTaken } from './targets-not-taken.js';

/** A target that was taken over, and where it stood. */
export interface ImportedTarget {
  readonly target: Target;
  readonly part: Part;
}

/** The targets that were taken over, by their names in mercure. */
export const importTargets = (whole: Part): ReadonlyMap<string, ImportedTarget> => {
  const retry = retryOfMercure(whole);
  const parts = namedParts(whole.at('targets'), 'target');
  const names = fitNames(
    parts.map(({ name }) => name),
    'target',
  );
  return new Map(
    parts.flatMap((part) => {
      const target = importTarget(part, { name: names.get(part.name) ?? 'target', retry });
      return target === undefined ? [] : [[part.name, { target, part }] as const];
    }),
  );
};

/** Older files do not always say the type; mercure takes the first whose fields are all there. */
const typeOf = (part: Part): string => {
  const said = textAt(part.at('target_type'));
  if (said !== '') return said;
  if (['ip', 'port', 'aet_target'].every((key) => part.at(key).value !== undefined)) return 'dicom';
  return part.at('folder').value !== undefined && part.at('host').value === undefined ? 'folder' : '';
};

const importTarget = (part: Part, { name, retry }: Omit<TargetContext, 'comment'>): Target | undefined => {
  const type = typeOf(part);
  if (!['dicom', 'dicomtls', 'folder'].includes(type)) {
    part.notTaken(targetsNotTaken.get(type) ?? 'neither mercure nor Waystation has targets of this kind');
    return undefined;
  }
  const direction = part.at('direction');
  if (wordAt(direction, ['push', 'pull', 'both'], 'push') === 'pull') {
    part.notTaken('nothing is sent to it: it is for queries, and Waystation does not query and retrieve yet');
    return undefined;
  }
  if (direction.value === 'both')
    direction.changed('objects are sent to it; Waystation does not query and retrieve yet');
  direction.taken('objects are sent to it');
  noteName(part, name);
  part.at('target_type').taken(`kind is "${type === 'folder' ? 'folder' : 'dicom'}"`);
  const context = { name, retry, ...commentOf(part, { comment: '', contact: 'contact: ' }) };
  const candidate =
    type === 'folder' ? importFolderTarget(part, context) : importDicomTarget(part, context, type === 'dicomtls');
  return candidate === undefined ? undefined : accepted(part, candidate);
};

const accepted = (part: Part, candidate: object): Target | undefined => {
  const { data, error } = Target.safeParse(candidate);
  if (error !== undefined) part.droppedAfterAll(`Waystation takes no such target: ${problemsOf(error)}`);
  return data;
};
