import { dictionary } from 'dcmjs/dictionary';

const byNumber = /^\(([0-9A-F]{4},[0-9A-F]{4})\)$/;

const elements: ReadonlyMap<string, string> = new Map(
  Object.entries(dictionary).flatMap(([tag, { name, version }]) => {
    const [, element] = byNumber.exec(tag) ?? [];
    return element === undefined || version !== 'DICOM' ? [] : [[name, element] as const];
  }),
);

/** The `gggg,eeee` of a keyword of PS3.6; undefined where there is no such keyword. */
export const elementOf = (keyword: string): string | undefined => elements.get(keyword);
