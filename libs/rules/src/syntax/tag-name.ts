/**
 * What stands between two `@`: a keyword, the path of a value in a sequence, group and element of an element, or the
 * notation of a private one: `Modality`, `ProcedureCodeSequence[0].CodeValue`, `0018,9073`, `(0019,xx0C,SIEMENS MED)`.
 */
export const tagName =
  /[A-Za-z][A-Za-z0-9_]*(?:\[[0-9]{1,4}\]\.[A-Za-z][A-Za-z0-9_]*)*|[0-9A-Fa-f]{4},[0-9A-Fa-f]{4}|\([0-9A-Fa-f]{4},xx[0-9A-Fa-f]{2},[^@()\\\n]{1,64}\)/;

const byNumber = /^([0-9A-Fa-f]{4}),([0-9A-Fa-f]{4})$/;
const byCreator = /^\(([0-9A-Fa-f]{4}),xx([0-9A-Fa-f]{2}),(.+)\)$/;

/** How a name by number is written where facts are gathered: hexadecimal digits are capitals. Others stay as they are. */
export const capitalized = (name: string): string => {
  if (byNumber.test(name)) return name.toUpperCase();
  const [, group = '', element = '', creator = ''] = byCreator.exec(name) ?? [];
  return creator === '' ? name : `(${group.toUpperCase()},xx${element.toUpperCase()},${creator})`;
};

/** Whether the name is group and element, of a private element as well. */
export const isNumber = (name: string): boolean => byNumber.test(name) || byCreator.test(name);

/** Whether the name is group and element of a private element, without who reserved its block. */
export const isPrivateNumber = (name: string): boolean =>
  byNumber.test(name) && Number.parseInt(name.slice(0, 4), 16) % 2 === 1;
