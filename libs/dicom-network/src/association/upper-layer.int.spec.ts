import { connect, createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { associateRequest, data } from '../../test/raw-peer.js';
import { DICOM_APPLICATION_CONTEXT } from '../pdu/associate-pdu.js';
import { encodeAbort } from '../pdu/abort-pdu.js';
import { encodeAssociateAccept } from '../pdu/encode-associate.js';
import { encodeReject, rejection } from '../pdu/reject-pdu.js';
import { encodeReleaseRequest, encodeReleaseResponse } from '../pdu/release-pdu.js';
import { UpperLayer } from './upper-layer.js';
import type { UpperLayerUser } from './upper-layer-user.js';

/** Both ends of connections over the loopback interface. */
let ends: (socket: Socket) => void = () => undefined;
const server = createServer({ allowHalfOpen: true }, (socket) => ends(socket.on('error', () => undefined)));
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

const portOf = (): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};
const request = {
  protocolVersion: 1,
  calledAeTitle: 'A',
  callingAeTitle: 'B',
  applicationContext: DICOM_APPLICATION_CONTEXT,
  contexts: [{ id: 1, abstractSyntax: '1.2', transferSyntaxes: ['1.3'] }],
  userInformation: { maximumLength: 16_384, implementationClassUid: '1.2' },
};
const accepted = { ...request, contexts: [{ id: 1, result: 0, transferSyntax: '1.3' }] };

const fromPeer: Readonly<Record<string, Buffer>> = {
  'sends a request': associateRequest(),
  'sends an acceptance': encodeAssociateAccept(accepted),
  'sends a rejection': encodeReject(rejection.noReason),
  'sends data': data(1, Buffer.from('some'), false),
  'sends a release request': encodeReleaseRequest(),
  'sends a release response': encodeReleaseResponse(),
  'sends an abort': encodeAbort({ source: 0, reason: 0 }),
  'sends what is no PDU': Buffer.from([0x55]),
  'sends half a PDU': data(1, Buffer.from('some'), false).subarray(0, 14),
};
const ofOurs: Readonly<Record<string, (layer: UpperLayer) => void>> = {
  'we release': (layer) => layer.release(),
  'we answer a release': (layer) => layer.respondRelease(),
  'we abort': (layer) => layer.abort('enough'),
  'we reject': (layer) => layer.reject(rejection.noReason, 'no'),
  'we accept': (layer) => layer.accept(accepted),
  'we send': (layer) => layer.send([data(1, Buffer.from('any'), false)]),
  'we disconnect': (layer) => layer.disconnect(),
};
const script = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...Object.keys(fromPeer)) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(ofOurs)) },
  ),
  { maxLength: 14 },
);

/** Notes what its upper layer tells it, and what it may be told. */
class Witness implements UpperLayerUser {
  readonly heard: string[] = [];
  layer: UpperLayer | undefined;
  answer: 'accept' | 'reject' = 'accept';

  associateRequested(): void {
    this.heard.push('requested');
    if (this.answer === 'accept') this.layer?.accept(accepted);
    else this.layer?.reject(rejection.noReason, 'no');
    if (this.answer === 'accept') this.heard.push('open');
  }
  associateAccepted(): void {
    this.heard.push('open');
  }
  associateRejected(): void {
    this.heard.push('rejected');
  }
  fragment(): void {
    this.heard.push('data');
  }
  releaseRequested(): void {
    this.heard.push('release');
  }
  drained(): void {}
  peerFinished(): boolean {
    return false;
  }
  ended(): void {
    this.heard.push('ended');
  }
}

const play = async (role: 'acceptor' | 'requestor', answer: 'accept' | 'reject', steps: readonly string[]) => {
  const witness = new Witness();
  witness.answer = answer;
  const arrived = new Promise<Socket>((resolve) => (ends = resolve));
  const near = connect({ port: portOf(), host: '127.0.0.1', allowHalfOpen: true }).on('error', () => undefined);
  const options = { maximumLength: 16_384, artimMs: 10_000 };
  const closed = new Promise<void>((resolve) => near.on('close', () => resolve()));
  if (role === 'requestor') witness.layer = UpperLayer.request(near, witness, options, request);
  const far = await arrived;
  if (role === 'acceptor') witness.layer = UpperLayer.answer(near, witness, options);
  far.resume().setNoDelay(true);
  const { layer } = witness;
  for (const step of steps) {
    const bytes = fromPeer[step];
    if (bytes !== undefined) far.write(bytes);
    else if (layer !== undefined) ofOurs[step]?.(layer);
    // Now and then what was sent has arrived, now and then it has not.
    if (step.length % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await new Promise((resolve) => setImmediate(resolve));
  far.destroy();
  await closed;
  return witness.heard;
};

describe('whatever a peer and we do in whatever order, the upper layer', () => {
  it.each([
    ['acceptor', 'accept'],
    ['acceptor', 'reject'],
    ['requestor', 'accept'],
  ] as const)(
    'as %s that would %s hands on data in an association only, and nothing after its end',
    async (role, answer) => {
      let seen = 0;
      await fc.assert(
        fc.asyncProperty(script, async (steps) => {
          const heard = await play(role, answer, [
            ...(role === 'acceptor' ? ['sends a request'] : ['sends an acceptance']).slice(
              steps.length % 4 === 0 ? 1 : 0,
            ),
            ...steps,
          ]);
          const story = heard.join(' ');
          expect(story).toMatch(/^(requested )?(open (data )*(release )?|rejected )?ended$/);
          if (story.includes('data')) seen += 1;
        }),
        { numRuns: 250 },
      );
      expect(seen > 0).toBe(answer === 'accept');
    },
  );
});
