/** What a template makes; decides how values are escaped. */
export type TemplateFormat = 'json' | 'form' | 'markup' | 'text';

/** What a media type (RFC 6838) asks for. */
export const formatOf = (contentType: string): TemplateFormat => {
  const [type = ''] = contentType.toLowerCase().split(';', 1);
  if (/[/+]json$/.test(type.trim())) return 'json';
  if (/form-urlencoded$/.test(type.trim())) return 'form';
  return /[/+](x?html|html|xml)$|\/xhtml/.test(type.trim()) ? 'markup' : 'text';
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Half a surrogate pair has no form in UTF-8. */
const wellFormed = (value: string): string => value.replaceAll(/\p{Surrogate}/gu, '\uFFFD');

/** Makes a value harmless where it is put: it can end no string, no field and no element. */
export const escapeFor: Readonly<Record<TemplateFormat, (value: string) => string>> = {
  json: (value) => JSON.stringify(wellFormed(value)).slice(1, -1),
  form: (value) => encodeURIComponent(wellFormed(value)),
  markup: (value) => value.replaceAll(/[&<>"']/g, (character) => entities[character] ?? ''),
  text: (value) => value,
};
