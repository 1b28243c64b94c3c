import { otherVariables, settings } from './settings-table.js';

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const settingRows = settings.map(([, { key, env, doc, expected, fallback, otherwise }]) => [
  `\`${key}\``,
  `\`${env}\``,
  fallback === undefined ? (otherwise ?? 'none') : `\`${fallback}\``,
  `${doc} Expected: ${expected}.`,
]);

const sentences = `# Settings

How an installation of Waystation runs. A setting is read from the environment, else from \`waystation.json\` in the folder that
Waystation is started in, else it has its default. A dot in the name of a setting is a level in the file:
\`{ "dicom": { "port": 11112 } }\`. A variable that is empty counts as absent. Relative paths count from the folder that
Waystation is started in. A setting that is unknown or wrong keeps Waystation from starting.`;

/** The reference of all settings as a Markdown page: what \`docs/settings.md\` is generated from. */
export const describeSettings = (): string =>
  [
    sentences,
    table(['Setting', 'Variable', 'Default', 'Meaning'], settingRows),
    'Variables that have no place in the file:',
    table(
      ['Variable', 'Meaning'],
      otherVariables.map(({ env, doc }) => [`\`${env}\``, doc]),
    ),
  ].join('\n\n') + '\n';
