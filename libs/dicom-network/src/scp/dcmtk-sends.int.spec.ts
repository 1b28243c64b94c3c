import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { runDcmtk, startDcmtk } from '../../test/dcmtk.js';
import { writePart10 } from '../../test/part10.js';
import { eventually, Receiver, sha256 } from '../../test/receiver.js';
import { CT_IMAGE, makeObject, SECONDARY_CAPTURE, syntax, type TestObject } from '../../test/test-object.js';
import { rejection } from '../pdu/reject-pdu.js';

afterEach(closeOpened);

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'waystation-dcmtk-'))));
afterAll(() => rm(folder, { recursive: true }));

const fileOf = async (object: TestObject): Promise<string> => {
  const path = join(folder, `${object.sopInstanceUid}.dcm`);
  await writePart10(path, object);
  return path;
};
const peer = ({ port }: Receiver, ...more: readonly string[]) => [
  ...more,
  '-aec',
  'WAYSTATION',
  '127.0.0.1',
  String(port),
];
const arrived = ({ sopClassUid, sopInstanceUid, transferSyntaxUid, dataSet }: TestObject) => ({
  sopInstanceUid,
  sopClassUid,
  transferSyntaxUid,
  sha256: sha256(dataSet),
});

describe('DCMTK as the sender', () => {
  it('gets an echo', async () => {
    const receiver = await Receiver.start();
    const { code, output } = await runDcmtk('echoscu', peer(receiver, '-v'));
    expect([code, output]).toEqual([0, expect.stringContaining('Received Echo Response (Success)')]);
  });

  it('gets an echo for 128 contexts of 38 transfer syntaxes: a request of over 64 KiB', async () => {
    const receiver = await Receiver.start();
    const { code, output } = await runDcmtk('echoscu', peer(receiver, '-v', '-ppc', '128', '-pts', '38'));
    expect([code, output]).toEqual([0, expect.stringContaining('Received Echo Response (Success)')]);
  });

  it.each([
    ['implicit little endian', '-xi', syntax.implicitLittle],
    ['explicit little endian', '-xe', syntax.explicitLittle],
    ['explicit big endian', '-xb', syntax.explicitBig],
    ['JPEG baseline', '-xy', syntax.jpegBaseline],
    ['RLE', '-xr', syntax.rle],
  ])('sends %s that arrives bit by bit', async (_, option, transferSyntax) => {
    const receiver = await Receiver.start();
    const objects = [makeObject(transferSyntax), makeObject(transferSyntax, 1_048_576, CT_IMAGE)];
    const { code, output } = await runDcmtk('storescu', [
      ...peer(receiver, '-R', option),
      ...(await Promise.all(objects.map(fileOf))),
    ]);
    expect([code, output]).toEqual([0, '']);
    expect(receiver.received).toEqual(objects.map(arrived));
    expect(receiver.endings.map(({ by }) => by)).toEqual(['release']);
  });

  it.each([4_096, 16_384, 131_072])('sends PDUs of at most %i bytes', async (maximumLength) => {
    const receiver = await Receiver.start({}, { maximumLength });
    const objects = [makeObject(syntax.explicitLittle, 524_288), makeObject(syntax.explicitLittle, 128)];
    const files = await Promise.all(objects.map(fileOf));
    const { code, output } = await runDcmtk('storescu', [
      ...peer(receiver, '-R', '-xe', '-pdu', String(maximumLength)),
      ...files,
    ]);
    expect([code, output]).toEqual([0, '']);
    expect(receiver.received).toEqual(objects.map(arrived));
  });

  it('sends with dcmsend, many objects, four associations at a time', async () => {
    const receiver = await Receiver.start();
    const batches = Array.from({ length: 4 }, () =>
      Array.from({ length: 25 }, () => makeObject(syntax.explicitLittle)),
    );
    const runs = batches.map(async (batch) =>
      runDcmtk('dcmsend', [...peer(receiver), ...(await Promise.all(batch.map(fileOf)))]),
    );
    expect((await Promise.all(runs)).map(({ code, output }) => [code, output])).toEqual(batches.map(() => [0, '']));
    const hashes = (all: readonly { readonly sha256: string }[]) => all.map((one) => one.sha256).toSorted();
    expect(hashes(receiver.received)).toEqual(hashes(batches.flat().map(arrived)));
  });

  it('hears why it is rejected', async () => {
    const receiver = await Receiver.start({
      associate: () => ({ reject: rejection.callingAeTitleNotRecognized, because: 'not on the list' }),
    });
    const { code, output } = await runDcmtk('storescu', [
      ...peer(receiver),
      await fileOf(makeObject(syntax.explicitLittle)),
    ]);
    expect(code).not.toBe(0);
    expect(output).toContain('Calling AE Title Not Recognized');
  });

  it('hears the status of an object that is refused', async () => {
    const receiver = await Receiver.start({
      store: () => Promise.resolve({ status: 0xa700, comment: 'the disk is full' }),
    });
    const file = await fileOf(makeObject(syntax.explicitLittle, 1_048_576));
    const { output } = await runDcmtk('storescu', [...peer(receiver, '-v', '-xe'), file]);
    expect(output).toContain('Received Store Response (Refused: OutOfResources)');
  });

  it('sends with a transfer syntax that is refused, and falls back to one that is taken', async () => {
    const receiver = await Receiver.start({
      associate: ({ contexts }) => ({
        accept: contexts.map(({ id, transferSyntaxes }) =>
          transferSyntaxes.includes(syntax.implicitLittle)
            ? { id, transferSyntax: syntax.implicitLittle }
            : { id, refused: 4 as const },
        ),
      }),
    });
    const object = makeObject(syntax.explicitLittle);
    const { code } = await runDcmtk('storescu', [...peer(receiver, '-xe'), await fileOf(object)]);
    expect(code).toBe(0);
    expect(receiver.received).toMatchObject([
      { transferSyntaxUid: syntax.implicitLittle, sopClassUid: SECONDARY_CAPTURE },
    ]);
  });

  it('is killed inside an object: nothing is stored and the next sender is served', async () => {
    const receiver = await Receiver.start({
      store: async (_, request) => {
        const slowly = async function* () {
          for await (const chunk of request.data) {
            await new Promise((resolve) => setTimeout(resolve, 20));
            yield chunk;
          }
        };
        return receiver.take({ ...request, data: slowly() });
      },
    });
    const file = await fileOf(makeObject(syntax.explicitLittle, 33_554_432));
    const sender = startDcmtk('storescu', [...peer(receiver, '-xe'), file]);
    await eventually(() => receiver.accepted.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    sender.kill('SIGKILL');
    await eventually(() => receiver.endings.length === 1);
    expect(receiver.received).toEqual([]);
    expect(receiver.broken).toEqual([expect.objectContaining({ code: 'dicom-network.connection-lost' })]);
    expect((await runDcmtk('echoscu', peer(receiver))).code).toBe(0);
  });
});
