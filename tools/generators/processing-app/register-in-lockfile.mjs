import { editJson, withMember } from './edit-json.mjs';

/** What `npm install` would write: an app brings no package that is not there already. */
export const registerInLockfile = (tree, name) =>
  editJson(tree, 'package-lock.json', (lock) => {
    const {
      nx: _nx,
      private: _private,
      type: _type,
      exports: _exports,
      ...entry
    } = JSON.parse(tree.read(`apps/${name}/package.json`, 'utf8'));
    const link = { resolved: `apps/${name}`, link: true };
    const packages = withMember(lock.packages, `apps/${name}`, entry);
    const standalone = packages['apps/standalone'];
    standalone.dependencies = withMember(standalone.dependencies, `@waystation/${name}`, '*');
    lock.packages = withMember(packages, `node_modules/@waystation/${name}`, link);
  });
