import type { Part } from '../parts/part.js';
import { textAt } from '../parts/values.js';
import type { TargetContext } from './target-context.js';

/** A target of the type `folder`. */
export const importFolderTarget = (part: Part, context: TargetContext): object => {
  const filter = part.at('file_filter');
  if (filter.isEmpty) filter.taken('there is nothing in it');
  else filter.notTaken('mercure leaves out files by their names here; Waystation writes objects alone, all of them');
  part
    .at('folder')
    .changed(
      'path has it; objects are written to <StudyInstanceUID>/<SeriesInstanceUID>/<SOPInstanceUID>.dcm in it, without task.json, .tags and .complete',
    );
  return { kind: 'folder', ...context, path: textAt(part.at('folder')) };
};
