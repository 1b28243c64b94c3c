/** What gives another answer the next time it is asked, or reaches out of the process. */
const impureGlobals = [
  'crypto',
  'fetch',
  'global',
  'globalThis',
  'performance',
  'process',
  'setImmediate',
  'setInterval',
  'setTimeout',
];

/** What is data but for one member. */
const impureMembers = { Date: 'now', Math: 'random' };

const harmlessCrypto = ['createHash', 'hash'];

const nameOf = ({ property, computed }) => (computed ? property.value : property.name);

/** What is wrong with this use of a global, or undefined. */
function complaintAbout(identifier) {
  const { name, parent } = identifier;
  if (impureGlobals.includes(name)) return `${name} is not data`;
  const impure = impureMembers[name];
  if (impure === undefined) return undefined;
  if (parent.type === 'MemberExpression' && parent.object === identifier) {
    const member = nameOf(parent);
    return member === undefined || member === impure ? `${name}.${impure} is not data` : undefined;
  }
  if (name === 'Date' && parent.callee === identifier) {
    const isTold = parent.type === 'NewExpression' && parent.arguments.length > 0;
    return isTold ? undefined : 'the current time is not data';
  }
  // Under another name it would not be recognized.
  return parent.type === 'BinaryExpression' ? undefined : `${name} is not data by itself`;
}

/** Uses of globals that no variable of the file hides: each with what is wrong with it. */
export function impureReferences(sourceCode, program) {
  let scope = sourceCode.getScope(program);
  while (scope.upper) scope = scope.upper;
  const known = scope.variables.filter(({ defs }) => defs.length === 0).flatMap(({ references }) => references);
  return [...known, ...scope.through]
    .filter(({ isTypeReference }) => !isTypeReference)
    .map(({ identifier }) => ({ node: identifier, complaint: complaintAbout(identifier) }))
    .filter(({ complaint }) => complaint !== undefined);
}

/** Whether an import of `node:crypto`, or an export from it, takes anything but hashes. */
export function takesMoreThanHashes(node) {
  if (node.importKind === 'type' || node.exportKind === 'type') return false;
  if (!node.specifiers) return true;
  return node.specifiers.some((specifier) => {
    if (specifier.importKind === 'type') return false;
    const taken = specifier.type === 'ExportSpecifier' ? specifier.local : specifier.imported;
    return !harmlessCrypto.includes(taken?.name);
  });
}
