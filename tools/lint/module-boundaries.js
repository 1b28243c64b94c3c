import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { impureReferences, takesMoreThanHashes } from './impure-references.js';

const manifests = new Map();

/** The package.json that governs a file, with its folder. */
function projectOf(file) {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    if (manifests.has(folder)) return manifests.get(folder);
    const path = join(folder, 'package.json');
    if (existsSync(path)) {
      const manifest = JSON.parse(readFileSync(path, 'utf8'));
      const layer = (manifest.nx?.tags ?? []).find((tag) => tag.startsWith('layer:'))?.slice(6);
      const project = { folder, name: manifest.name, layer, dependencies: Object.keys(manifest.dependencies ?? {}) };
      manifests.set(folder, project);
      return project;
    }
  }
  return undefined;
}

const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** What is wrong with this import, or undefined. */
function complaint(project, file, specifier, { layers, composers, pure }) {
  if (specifier.startsWith('.')) {
    const outside = relative(project.folder, resolve(dirname(file), specifier)).startsWith('..');
    return outside ? `a relative import may not leave ${project.name}` : undefined;
  }
  const builtin = specifier.startsWith('node:') || builtinModules.includes(specifier);
  if (builtin) {
    const harmless = ['node:buffer', 'node:zlib'];
    return pure.includes(project.layer) && !harmless.includes(specifier)
      ? `${project.name} (${project.layer}) is pure: it may not use ${specifier}`
      : undefined;
  }
  const name = packageOf(specifier);
  if (name === project.name) return `${project.name} may not import itself by name`;
  if (!project.dependencies.includes(name)) return `${name} is not declared in the package.json of ${project.name}`;
  if (!name.startsWith('@waystation/')) {
    return pure.includes(project.layer) && !['zod', '@huggingface/jinja', 're2js'].includes(name)
      ? `${project.name} (${project.layer}) is pure: it may not use ${name}`
      : undefined;
  }
  const target = projectOf(resolve(project.folder, '../..', 'node_modules', name, 'src', 'index.ts'));
  if (target?.layer === 'app' && composers.includes(project.name)) return undefined;
  return target && !(layers[project.layer] ?? []).includes(target.layer)
    ? `${project.name} (${project.layer}) may not see ${name} (${target.layer})`
    : undefined;
}

/** What is wrong with this import of `node:crypto` in a pure layer, or undefined. */
const complaintAboutCrypto = (project, node) =>
  takesMoreThanHashes(node)
    ? `${project.name} (${project.layer}) is pure: it may use only createHash and hash of node:crypto`
    : undefined;

const moduleBoundaries = {
  meta: { type: 'problem', schema: [{ type: 'object' }] },
  create(context) {
    const file = context.filename;
    const options = context.options[0];
    const project = projectOf(file);
    if (!project?.layer) return {};
    const isPure = options.pure.includes(project.layer);
    const check = (node) => {
      if (typeof node.source?.value !== 'string') return;
      const message =
        isPure && node.source.value === 'node:crypto'
          ? complaintAboutCrypto(project, node)
          : complaint(project, file, node.source.value, options);
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      // Clocks, chance and the world are data in the pure layers: state must not depend on when it is computed.
      'Program:exit'(program) {
        if (!isPure) return;
        for (const { node, complaint: found } of impureReferences(context.sourceCode, program))
          context.report({ node, message: `${project.name} is pure: ${found}` });
      },
    };
  },
};

export default { meta: { name: 'waystation' }, rules: { 'module-boundaries': moduleBoundaries } };
