/** Characters that a name may have here: no separator, no control character, nothing that a shell or another system takes for more. */
const strange = /[^\p{L}\p{N} ._()+@=-]/gu;
const LONGEST = 200;

/**
 * The name under which a file that a module named is kept on this machine: never a path, never hidden, never one that was given before.
 *
 * @param taken names that were given before; the new one is added
 */
export const localName = (name: string, taken: Set<string> = new Set()): string => {
  const plain =
    name
      .slice(-LONGEST)
      .replaceAll(/[/\\]/g, '_')
      .replaceAll(strange, '_')
      .replace(/^[ .]+/, '_')
      .trimEnd() || 'file';
  let unique = plain;
  // Some file systems do not tell capital letters from small ones.
  for (let number = 2; taken.has(unique.toLowerCase()); number += 1) unique = `${number}-${plain}`;
  taken.add(unique.toLowerCase());
  return unique;
};
