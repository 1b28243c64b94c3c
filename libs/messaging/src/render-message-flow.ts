import type { Consumer, EventDefinition } from '@waystation/events';

/**
 * Who appends what, and who listens to it: a diagram and two tables in Markdown. Consumers that listen to everything
 * are left out of the diagram, where they would only be lines.
 */
export const renderMessageFlow = (catalogue: readonly EventDefinition[], consumers: readonly Consumer[]): string =>
  [
    '# Message flow',
    'Generated from the event catalogue and the table of consumers in `libs/events`. `npm run generate` writes it.',
    diagram(catalogue, consumers),
    '## Events',
    table(
      ['event', 'stream', 'appended by', 'meaning', 'heard by'],
      catalogue.map((event) => [
        code(event.type),
        event.stream,
        event.producer,
        event.summary,
        consumers
          .filter(({ types }) => hears(types, event.type))
          .map(({ name }) => code(name))
          .join(', '),
      ]),
    ),
    '## Consumers',
    table(
      ['consumer, and its queue', 'listens to', 'what it does'],
      consumers.map(({ name, types, summary }) => [code(name), types.map(code).join(', '), summary]),
    ),
    '',
  ].join('\n\n');

const hears = (types: readonly string[], type: string): boolean => types.includes('#') || types.includes(type);

const diagram = (catalogue: readonly EventDefinition[], consumers: readonly Consumer[]): string => {
  const lines = catalogue.flatMap((event) =>
    consumers
      .filter(({ types }) => types.includes(event.type))
      .map(({ name }) => `  ${node(event.producer)} -- ${event.type} --> ${node(name)}`),
  );
  return ['```mermaid', 'flowchart LR', ...lines, '```'].join('\n');
};

/** Mermaid takes a name with dots and dashes only as a label. */
const node = (name: string): string => `${name.replaceAll(/[^A-Za-z0-9]/g, '_')}["${name}"]`;

const code = (text: string): string => `\`${text}\``;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');

const cell = (text: string): string => text.replaceAll('|', '\\|');
