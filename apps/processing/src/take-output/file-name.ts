/** Characters; the store keeps names of up to 255. */
const LONGEST = 200;

/**
 * The name under which a file of a container is kept: what a name may not have becomes an underscore, and what is not
 * unique then gets a number.
 *
 * @param taken names that were given before; the new one is added
 */
export const fileName = (name: string, taken: Set<string>): string => {
  const parts = name.split('/').map((part) => part.replaceAll(/[^A-Za-z0-9 ._-]/g, '_').replace(/^[ .]/, '_'));
  const plain = parts
    .join('/')
    .slice(-LONGEST)
    .replace(/^[/ .]+/, '');
  let unique = plain;
  for (let number = 2; taken.has(unique); number += 1) unique = `${plain}-${number}`;
  taken.add(unique);
  return unique;
};
