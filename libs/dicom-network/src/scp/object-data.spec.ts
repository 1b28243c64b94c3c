import { CodedError } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { ObjectData } from './object-data.js';

const make = () => {
  let waiting = 0;
  const data = new ObjectData((bytes) => (waiting += bytes));
  return { data, waiting: () => waiting };
};

const collect = async (data: ObjectData): Promise<string> => {
  let text = '';
  for await (const chunk of data) text += chunk.toString();
  return text;
};

describe('the data of an object', () => {
  it('comes out in order, whether its consumer is ahead or behind', async () => {
    const { data, waiting } = make();
    data.push(Buffer.from('a'));
    data.push(Buffer.from('b'));
    const text = collect(data);
    await Promise.resolve();
    data.push(Buffer.from('c'));
    data.end();
    expect([await text, waiting()]).toEqual(['abc', 0]);
  });

  it('is on the account while it waits, with what a chunk costs', () => {
    const { data, waiting } = make();
    data.push(Buffer.from('abc'));
    expect(waiting()).toBe(131);
    void data.next();
    expect(waiting()).toBe(0);
  });

  it('throws where it is lost, whether its consumer waits or not', async () => {
    const lost = expect.objectContaining({ code: 'dicom-network.connection-lost' });
    const { data: waited } = make();
    const text = collect(waited);
    waited.lose('gone');
    await expect(text).rejects.toEqual(lost);
    const { data: later, waiting } = make();
    later.push(Buffer.from('a'));
    later.lose('gone');
    await expect(collect(later)).rejects.toEqual(lost);
    expect(waiting()).toBe(0);
  });

  it('is not lost any more once it is complete', async () => {
    const { data } = make();
    data.push(Buffer.from('a'));
    data.end();
    data.lose('gone');
    expect(await collect(data)).toBe('a');
  });

  it('gives its consumer the first error it is failed with, now and later, and lets the rest go by', async () => {
    const { data, waiting } = make();
    data.push(Buffer.from('a'));
    data.fail(new CodedError('test.first', 'first'));
    data.push(Buffer.from('b'));
    expect(waiting()).toBe(0);
    data.lose('gone');
    await expect(data.next()).rejects.toEqual(expect.objectContaining({ code: 'test.first' }));
    await data.settled;
  });

  it('goes by once its consumer has stopped', async () => {
    const { data, waiting } = make();
    data.push(Buffer.from('a'));
    for await (const chunk of data) {
      expect(chunk.toString()).toBe('a');
      break;
    }
    data.push(Buffer.from('b'));
    expect(waiting()).toBe(0);
    data.end();
    await data.settled;
    expect(await data.next()).toEqual({ done: true, value: undefined });
  });
});
