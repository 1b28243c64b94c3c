import type { ContainerBind } from '@waystation/events';
import { isAbsolutePath } from '../parts/is-absolute-path.js';
import type { Part } from '../parts/part.js';

const MOST = 64;

interface Volume {
  readonly source: string;
  readonly target: string;
  readonly mode: string;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `{"/on/the/machine": {"bind": "/in/it", "mode": "ro"}}`, or `"/on/the/machine:/in/it:ro"` in a list. */
const volumeOf = (part: Part, isListed: boolean): Volume => {
  if (!isListed)
    return { source: part.name, target: textOf(part.at('bind').value), mode: textOf(part.at('mode').value) || 'rw' };
  const [source = '', target = '', mode = 'rw'] = textOf(part.value).split(':');
  return { source, target, mode };
};

/** Folders of the machine that a module sees; the settings of Waystation have to allow them as well. */
export const importVolumes = (part: Part): readonly ContainerBind[] => {
  const isListed = Array.isArray(part.value);
  const binds: ContainerBind[] = [];
  for (const each of part.parts) {
    const { source, target, mode } = volumeOf(each, isListed);
    if (!isAbsolutePath(source) || !isAbsolutePath(target))
      each.notTaken('it is no folder of the machine with a place');
    else if (binds.length === MOST) each.notTaken(`a module sees at most ${MOST} folders`);
    else {
      const readOnly = !mode.split(',').includes('rw');
      binds.push({ source, target, readOnly });
      each.changed(
        `binds has it, ${readOnly ? 'read-only' : 'to be written to'}; the setting containers.binds has to allow ${source} where processing runs`,
      );
    }
  }
  return binds;
};
