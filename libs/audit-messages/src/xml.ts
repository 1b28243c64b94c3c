/** Attributes of an element; one that is undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with text, or with elements that are XML already. */
export const element = (name: string, attributes: Attributes, content: string | readonly string[] = []): string => {
  const listed = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(String(value))}"`],
  );
  const inner = typeof content === 'string' ? escaped(content) : content.join('');
  const start = `<${name}${listed.join('')}`;
  return inner === '' ? `${start}/>` : `${start}>${inner}</${name}>`;
};

/** Characters that no XML 1.0 document may hold (XML 1.0, 2.2), whatever way they are written. */
const impossible = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

const escaped = (text: string): string =>
  text.replace(impossible, '\uFFFD').replace(/[&<>"\t\n\r]/g, (character) => references[character] ?? character);
