import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { registerInCompose } from './register-in-compose.mjs';
import { registerInLockfile } from './register-in-lockfile.mjs';
import { registerInStandalone } from './register-in-standalone.mjs';

const templates = join(import.meta.dirname, 'files');
const taken = (tree, name) => tree.exists(`apps/${name}`) || tree.exists(`libs/${name}`);

const classOf = (name) => name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, first) => first.toUpperCase());

const filled = (text, name) => text.replaceAll('__name__', name).replaceAll('__Class__', classOf(name));

/** Files of the templates, relative to their folder. */
const templateFiles = (folder = '') =>
  readdirSync(join(templates, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? templateFiles(join(folder, entry.name)) : [join(folder, entry.name)],
  );

/**
 * Makes `apps/<name>` and registers it where apps are listed.
 * @returns links it into node_modules, as `npm install` would
 */
export default async function generate(tree, { name }) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40)
    throw new Error(`'${name}' cannot be the name of an app: expected lower-case letters, digits and dashes`);
  if (taken(tree, name)) throw new Error(`there is an app or a library '${name}' already`);
  for (const file of templateFiles()) {
    const text = readFileSync(join(templates, file), 'utf8');
    tree.write(`apps/${name}/${filled(file, name).replace(/\.template$/, '')}`, filled(text, name));
  }
  await registerInStandalone(tree, name, `${classOf(name)}Module`);
  registerInCompose(tree, name);
  await registerInLockfile(tree, name);
  return () => {
    const packages = join(tree.root, 'node_modules/@waystation');
    mkdirSync(packages, { recursive: true });
    symlinkSync(join('../../apps', name), join(packages, name));
    console.log(`
apps/${name} is there. Next:
  edit apps/${name}/src/${name}.ts, where the work is done
  npx vitest run --project unit apps/${name}
  npm start
docs/how-to/write-a-processing-app.md goes on from here.`);
  };
}
