import { dirname } from 'node:path';

// Every project gets the same targets; none of them needs a project.json.
const targetsOf = (root) => ({
  build: {
    command: `tsc -b ${root}`,
    cache: true,
    dependsOn: ['^build'],
    inputs: ['production', '^production'],
    outputs: ['{projectRoot}/dist'],
  },
  test: {
    command: `vitest run --project unit ${root}/`,
    cache: true,
    inputs: ['default', '^production'],
  },
  ...(root.startsWith('apps/') && root !== 'apps/cli'
    ? { serve: { command: `node --enable-source-maps ${root}/dist/main.js`, continuous: true, dependsOn: ['build'] } }
    : {}),
});

export const createNodesV2 = [
  '{apps,libs}/*/package.json',
  (files) =>
    files.map((file) => {
      const root = dirname(file);
      return [file, { projects: { [root]: { root, targets: targetsOf(root) } } }];
    }),
];
