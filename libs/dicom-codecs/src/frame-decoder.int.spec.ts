import { afterEach, describe, expect, it } from 'vitest';
import { compress, form, frame, pixelsOf, syntax } from '../test/frames.js';
import { FrameDecoder, type FrameDecoderOptions } from './frame-decoder.js';

const open: FrameDecoder[] = [];
const decoder = (options: FrameDecoderOptions = {}): FrameDecoder => {
  const made = new FrameDecoder(options);
  open.push(made);
  return made;
};
afterEach(() => Promise.all(open.splice(0).map((each) => each.close())));

const grey = form({ bitsStored: 12 });
const jpegLs = async (pixelForm = grey) =>
  frame(syntax.jpegLs, await compress('encodeJpegLs', pixelsOf(pixelForm), pixelForm), pixelForm);

describe('FrameDecoder', () => {
  it('decodes in a thread of its own, whatever is asked for at the same time', async () => {
    const { decode } = decoder();
    const asked = await Promise.all([12, 14, 16].map((bitsStored) => jpegLs(form({ bitsStored }))));
    const decoded = await Promise.all(asked.map(decode));
    expect(decoded.map((pixels) => Buffer.from(pixels))).toEqual(asked.map(({ decoded: it }) => pixelsOf(it)));
  });

  it('leaves the bytes it is given as they are', async () => {
    const asked = await jpegLs();
    const before = Buffer.from(asked.bytes);
    await decoder().decode(asked);
    expect(asked.bytes).toEqual(before);
  });

  it('lets others go on while it decodes', async () => {
    const large = form({ rows: 2048, columns: 2048 });
    const asked = await jpegLs(large);
    const { decode } = decoder();
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 1);
    const pixels = await decode(asked);
    clearInterval(turning);
    expect(pixels.length).toBe(2048 * 2048 * 2);
    expect(turns).toBeGreaterThan(5);
  });

  it('says what is wrong with a frame, and decodes the next one', async () => {
    const { decode } = decoder();
    const asked = await jpegLs();
    const cut = { ...asked, number: 7, bytes: asked.bytes.subarray(0, 100) };
    await expect(decode(cut)).rejects.toMatchObject({
      code: 'dicom-codecs.undecodable',
      message: expect.stringContaining('frame 7 cannot be decoded') as string,
    });
    expect(Buffer.from(await decode(asked))).toEqual(pixelsOf(grey));
  });

  it('gives up on a frame that takes too long, and begins anew', async () => {
    const asked = await jpegLs();
    const hasty = decoder({ timeoutMs: 0 });
    const slow = frame(
      syntax.jpegLs,
      (await jpegLs(form({ rows: 2048, columns: 2048 }))).bytes,
      form({ rows: 2048, columns: 2048 }),
    );
    await expect(hasty.decode(slow)).rejects.toMatchObject({
      message: expect.stringContaining('more than 0 ms') as string,
    });
    expect(Buffer.from(await decoder().decode(asked))).toEqual(pixelsOf(grey));
  });

  it('lets its thread go when there is nothing to do, and gets another one', async () => {
    const { decode } = decoder({ idleMs: 1 });
    const asked = await jpegLs();
    await decode(asked);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(Buffer.from(await decode(asked))).toEqual(pixelsOf(grey));
  });

  it('stops in the middle when it is closed, which is not the fault of the frame', async () => {
    const closing = decoder();
    const decoding = closing.decode(await jpegLs(form({ rows: 2048, columns: 2048 })));
    const waiting = closing.decode(await jpegLs());
    const outcomes = Promise.allSettled([decoding, waiting]);
    await closing.close();
    expect(await outcomes).toMatchObject([
      { status: 'rejected', reason: { code: 'dicom-codecs.closed' } },
      { status: 'rejected', reason: { code: 'dicom-codecs.closed' } },
    ]);
  });
});
