import { z } from 'zod';
import { settings } from '../../libs/configuration/dist/settings-table.js';
import {
  defaultHeaderLimits,
  registeredSets,
  routingElements,
  routingSequences,
  safePrivateElements,
  tagText,
  wholeEncodings,
} from '../../libs/dicom/dist/index.js';
import { instanceKeywords, senderKeywords } from '../../libs/domain/dist/index.js';
import { DicomTarget } from '../../libs/events/dist/index.js';
import { code, table } from './markdown.mjs';
import { targetParameters } from './situations.mjs';

const CHARACTER_SET = 0x00080005;
const mark = (identity) => (identity ? 'identity' : '');

const elements = () =>
  table(
    ['attribute', 'tag', 'VR', ''],
    routingElements
      .filter(({ items }) => items === undefined)
      .map(({ keyword, tag, vr, identity }) => [code(keyword), tagText(tag), vr, mark(identity)]),
  );

const inItems = (items, prefix) =>
  [...items.values()].flatMap(({ keyword, tag, vr, identity, items: inner }) => {
    if (inner !== undefined) return inItems(inner, `${prefix}${keyword}[n].`);
    return tag === CHARACTER_SET ? [] : [[code(prefix + keyword), tagText(tag), vr, mark(identity)]];
  });

const sequences = () =>
  routingSequences
    .map(({ keyword, tag, purpose, items }) =>
      [
        `**${keyword}** ${tagText(tag)}: ${purpose}.`,
        table(['attribute', 'tag', 'VR', ''], inItems(items, `${keyword}[n].`)),
      ].join('\n\n'),
    )
    .join('\n\n');

const privateElements = () =>
  table(
    ['private element', 'VR', 'meaning'],
    safePrivateElements.map(({ keyword, vr, meaning }) => [code(keyword), vr, meaning]),
  );

const derived = () =>
  table(
    ['name'],
    [...senderKeywords, ...instanceKeywords].map((keyword) => [code(keyword)]),
  );

const characterSets = () =>
  table(
    ['defined term', 'with code extensions', 'characters'],
    [
      ...registeredSets.map(({ number, name, wide }) => [
        wide ? '' : code(number === 6 ? '(none), ISO_IR 6' : `ISO_IR ${number}`),
        code(`ISO 2022 IR ${number}`),
        name,
      ]),
      ...wholeEncodings.map(([term, name]) => [code(term), '', name]),
    ],
  );

const limitTexts = {
  depth: 'sequences inside each other',
  elements: 'elements of a data set outside sequences',
  items: 'items of one sequence that are read; more are left out with a warning',
  valueBytes: 'bytes of one value that is read; a longer one is left out with a warning',
  keptBytes: 'bytes of all values that are read; what is beyond is left out with a warning',
  deflatedBytes: 'compressed bytes within which the header of a deflated data set ends',
  inflatedBytes: 'bytes that these inflate to',
};

const limits = () =>
  table(
    ['limit', 'value'],
    Object.entries(defaultHeaderLimits).map(([key, value]) => {
      if (!Object.hasOwn(limitTexts, key))
        throw new Error(`the conformance statement has no words for the limit ${key}`);
      return [limitTexts[key], value];
    }),
  );

const parameters = () =>
  table(
    ['setting', 'default', 'meaning'],
    settings
      .filter(([, { key }]) => key.startsWith('dicom.'))
      .map(([, { key, doc, fallback, otherwise }]) => [
        code(key),
        fallback === undefined ? (otherwise ?? 'none') : code(fallback),
        doc,
      ]),
  );

const range = ({ minimum, maximum }) =>
  minimum === undefined || maximum === undefined ? '' : `${minimum} to ${maximum}`;

const target = () => {
  const { properties } = z.toJSONSchema(DicomTarget, { unrepresentable: 'any', io: 'input' });
  return table(
    ['parameter', 'default', 'range', 'meaning'],
    Object.entries(targetParameters).map(([key, meaning]) => {
      const schema = properties[key];
      if (schema === undefined) throw new Error(`the conformance statement knows the parameter ${key}, targets do not`);
      return [code(key), schema.default === undefined ? '' : code(schema.default), range(schema), meaning];
    }),
  );
};

/** Tables about data sets and configuration, by the name of their place in the statement. */
export const contentTables = {
  'routing-elements': elements,
  'routing-sequences': sequences,
  'private-elements': privateElements,
  'derived-facts': derived,
  'character-sets': characterSets,
  'header-limits': limits,
  parameters,
  'target-parameters': target,
};
