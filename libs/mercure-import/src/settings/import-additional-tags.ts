import { routingElements, tagText } from '@waystation/dicom';
import type { AdditionalFact } from '@waystation/events';
import type { Part } from '../parts/part.js';
import { textsAt } from '../parts/values.js';

/** What mercure reads beside its own list of tags. */
export interface AdditionalTags {
  readonly facts: readonly AdditionalFact[];
  /** Names that its rules use, as Waystation has them: `EchoTrainLength` is `0018,0091`. */
  readonly renamed: ReadonlyMap<string, string>;
  /** All names under which Waystation has them. */
  readonly names: readonly string[];
}

const MOST = 64;
const byNumber = /^([0-9A-Fa-f]{4}),([0-9A-Fa-f]{4})$/;
const known = new Set(routingElements.map(({ keyword }) => keyword));
const knownNumbers = new Map(routingElements.map(({ keyword, tag }) => [tagText(tag), keyword]));

/**
 * The elements of `dicom_receiver.additional_tags`: an object of names with an example each, or a list of names.
 * @param elementOf the `gggg,eeee` of a keyword of PS3.6
 */
export const importAdditionalTags = (
  whole: Part,
  elementOf: (keyword: string) => string | undefined,
): AdditionalTags => {
  const part = whole.at('dicom_receiver').at('additional_tags');
  const named = Array.isArray(part.value)
    ? textsAt(part).map((each) => ({ name: String(each.value).trim(), place: each }))
    : part.parts.map((each) => ({ name: each.name.trim(), place: each }));
  const facts = new Map<string, AdditionalFact>();
  const renamed = new Map<string, string>();
  const already: string[] = [];
  for (const { name, place } of named) {
    if (known.has(name)) {
      already.push(name);
      place.taken('it is read from every object anyway');
      continue;
    }
    const element = (byNumber.test(name) ? name : elementOf(name))?.toUpperCase();
    const keyword = element === undefined ? undefined : knownNumbers.get(element);
    if (element === undefined) {
      place.notTaken(
        'no element of DICOM has this name; mercure sends whatever it receives to its error folder for that',
      );
    } else if (keyword !== undefined) {
      renamed.set(name, keyword);
      place.changed(`it is read from every object anyway, as ${keyword}`);
    } else if (!facts.has(element) && facts.size === MOST) {
      place.notTaken(`Waystation reads at most ${MOST} more elements`);
    } else {
      facts.set(element, { element, ...(name === element ? {} : { comment: name.slice(0, 1000) }) });
      if (name === element) place.taken('facts.additional has it');
      else {
        renamed.set(name, element);
        place.changed(`facts.additional has it as ${element}; rules name it so`);
      }
    }
  }
  part.taken('no more is read than what every object is read for');
  return { facts: [...facts.values()], renamed, names: [...already, ...renamed.values(), ...facts.keys()] };
};
