import { expect, it } from 'vitest';
import { askedTags, renameTags } from './asked-tags.js';

const renamed = new Map([['EchoTrainLength', '0018,0091']]);

it.each([
  ["@EchoTrainLength@ == '4'", "@0018,0091@ == '4'"],
  ["@echotrainlength@ == '4'", "@echotrainlength@ == '4'"],
  ['int(tags.echoTrainLength) > 1', 'int(tags["0018,0091"]) > 1'],
  ['tags[\'EchoTrainLength\'] in tags[ "EchoTrainLength" ]', 'tags["0018,0091"] in tags["0018,0091"]'],
  ['\'EchoTrainLength\' in tags and "EchoTrainLength" not in tags', "'0018,0091' in tags and '0018,0091' not in tags"],
  ["'EchoTrainLength' in tags.ImageType", "'EchoTrainLength' in tags.ImageType"],
  ['tags.EchoTrainLengthX', 'tags.EchoTrainLengthX'],
])('%s becomes %s', (rule, expected) => {
  expect(renameTags(rule, renamed)).toBe(expected);
});

it('finds each tag as it is written', () => {
  expect(askedTags("@Modality@ == 'CT' and tags.modality and tags['X'] and 'Y' in tags and 'Z' in tags['V']")).toEqual([
    'Modality',
    'modality',
    'X',
    'Y',
    'V',
  ]);
});
