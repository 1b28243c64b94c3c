import { format, resolveConfig } from 'prettier';
import { editJson, withMember } from './edit-json.mjs';

const apps = 'apps/standalone/src/processing-apps.ts';

/** Makes the app part of the build, and of the one process of `npm start`. */
export const registerInStandalone = async (tree, name, module) => {
  await editJson(tree, 'tsconfig.json', ({ references }) => {
    const place = references.findIndex(({ path }) => path === './apps/standalone');
    references.splice(place < 0 ? references.length : place, 0, { path: `./apps/${name}` });
  });
  await editJson(tree, 'apps/standalone/tsconfig.json', ({ references }) => references.push({ path: `../${name}` }));
  await editJson(tree, 'apps/standalone/package.json', (manifest) => {
    manifest.dependencies = withMember(manifest.dependencies, `@waystation/${name}`, '*');
  });
  const text = tree.read(apps, 'utf8');
  const list = /(= \[)([^\]]*?),?(\s*\];)/;
  if (!list.test(text)) throw new Error(`${apps} has no list of apps`);
  const registered = text.replace(list, (_, open, modules, close) => `${open}${modules}, ${module}${close}`);
  const form = { ...(await resolveConfig(`${tree.root}/${apps}`)), parser: 'typescript' };
  tree.write(apps, await format(`import { ${module} } from '@waystation/${name}';\n${registered}`, form));
};
