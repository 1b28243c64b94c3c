/**
 * A recording as a file: a line for what it is, and a line for each exchange in the order in which they were asked. Who changed which
 * field of an object when (`managedFields`) is left out. Each line of a watch has how many requests there had been when it came.
 */
export const recordingOf = ({ version, about, setting, exchanges }) =>
  [{ about, version, setting }, ...exchanges.map(told)].map((line) => `${JSON.stringify(line)}\n`).join('');

const told = ({ asked, type, body, status, gives, text, heard, end }) => ({
  asked,
  ...(body !== undefined && { type, body }),
  ...(status !== undefined && { status, ...contentOf({ asked, gives, text, heard }) }),
  ...(end !== 'ended' && { end }),
});

const contentOf = ({ asked, gives, text, heard }) => {
  if (!gives?.startsWith('application/json')) return { text };
  if (asked.includes('watch=true')) return { heard, lines: text.split('\n').slice(0, heard.length).map(plain) };
  // Broken off before anything came.
  return text === '' ? { text } : { json: plain(text) };
};

const plain = (text) => JSON.parse(text, (key, value) => (key === 'managedFields' ? undefined : value));
