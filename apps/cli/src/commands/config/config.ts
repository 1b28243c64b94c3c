import { Command } from 'commander';
import { checkConfiguration } from './check.js';
import { diffConfigurations } from './diff.js';
import { publishConfiguration } from './publish.js';
import { changeQuietPeriod } from './quiet-period.js';
import { rollBack } from './rollback.js';
import { printSchema } from './schema.js';
import { showConfiguration } from './show.js';
import { listVersions } from './versions.js';

/** `waystation config …` */
export const configCommand = (): Command =>
  new Command('config')
    .description('the whole configuration as one document')
    .addCommand(showConfiguration())
    .addCommand(listVersions())
    .addCommand(diffConfigurations())
    .addCommand(checkConfiguration())
    .addCommand(publishConfiguration())
    .addCommand(rollBack())
    .addCommand(changeQuietPeriod())
    .addCommand(printSchema());
