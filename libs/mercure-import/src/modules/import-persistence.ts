import type { ContainerModule } from '@waystation/events';
import type { Part } from '../parts/part.js';
import { textAt, truthAt } from '../parts/values.js';

/** Whether a module keeps a folder from one job to the next. What it has kept so far stays where mercure has it. */
export const importPersistence = (part: Part, name: string): Pick<ContainerModule, 'persistence'> => {
  const [wanted, folder] = [part.at('requires_persistence'), part.at('persistence_folder_name')];
  const persistence = truthAt(wanted, false);
  if (!persistence) {
    wanted.taken('persistence is false');
    folder.taken('the module keeps nothing');
    return { persistence };
  }
  const from = textAt(folder).trim() || part.name;
  wanted.changed(
    `persistence is true: its folder is persistence/${name} in that of the setting containers.folder; what is in '${from}' of mercure's persistence_folder has to be copied there`,
  );
  folder.changed(`the folder has the name of the module, '${name}': modules do not share one`);
  return { persistence };
};
