import { connect, createServer, type Socket } from 'node:net';
import { DICOM_APPLICATION_CONTEXT } from '../src/pdu/associate-pdu.js';
import { encodeDataHead, encodeCommandPdus, pdvControl } from '../src/pdu/data-pdu.js';
import { decodeAssociateRequest } from '../src/pdu/decode-associate.js';
import { encodeAssociateAccept, encodeAssociateRequest } from '../src/pdu/encode-associate.js';
import { PDU_HEADER_LENGTH, pduType } from '../src/pdu/pdu-type.js';
import type { ProposedContext } from '../src/pdu/presentation-context.js';
import type { CommandSet } from '../src/dimse/command-set.js';
import { decodeCommand } from '../src/dimse/decode-command.js';
import { encodeCommand } from '../src/dimse/encode-command.js';
import { VERIFICATION_SOP_CLASS } from '../src/association/negotiate.js';
import { SECONDARY_CAPTURE, syntax, type TestObject } from './test-object.js';
import { closeLater } from './opened.js';

export const contextsFor = (...pairs: readonly (readonly [string, string])[]): readonly ProposedContext[] =>
  pairs.map(([abstractSyntax, transferSyntax], index) => ({
    id: 2 * index + 1,
    abstractSyntax,
    transferSyntaxes: [transferSyntax],
  }));

/** An A-ASSOCIATE-RQ as a test wants it. */
export const associateRequest = (
  contexts: readonly ProposedContext[] = contextsFor([SECONDARY_CAPTURE, syntax.explicitLittle]),
  more: { readonly maximumLength?: number; readonly called?: string; readonly calling?: string } = {},
): Buffer =>
  encodeAssociateRequest({
    protocolVersion: 1,
    calledAeTitle: more.called ?? 'WAYSTATION',
    callingAeTitle: more.calling ?? 'RAW',
    applicationContext: DICOM_APPLICATION_CONTEXT,
    contexts,
    userInformation: { maximumLength: more.maximumLength ?? 16_384, implementationClassUid: '1.2.3' },
  });

export const command = (contextId: number, content: CommandSet): Buffer =>
  encodeCommandPdus(contextId, encodeCommand(content), 16_384);

export const data = (contextId: number, bytes: Buffer, last = true): Buffer =>
  Buffer.concat([encodeDataHead(contextId, last ? pdvControl.last : 0, bytes.length), bytes]);

/** The command of a C-STORE-RQ. */
export const storeCommand = (contextId: number, object: TestObject, more: Partial<CommandSet> = {}): Buffer =>
  command(contextId, {
    commandField: 0x0001,
    hasDataSet: true,
    messageId: 1,
    affectedSopClassUid: object.sopClassUid,
    affectedSopInstanceUid: object.sopInstanceUid,
    priority: 0,
    ...more,
  });

export const echoRequest = (messageId: number, contextId = 1): Buffer =>
  command(contextId, {
    commandField: 0x0030,
    hasDataSet: false,
    messageId,
    affectedSopClassUid: VERIFICATION_SOP_CLASS,
  });

/** Contexts 1 for objects and 3 for echoes. */
export const both = contextsFor(
  [SECONDARY_CAPTURE, syntax.explicitLittle],
  [VERIFICATION_SOP_CLASS, syntax.implicitLittle],
);

/** A connection on which anything can be said. */
export class RawPeer {
  readonly closed: Promise<void>;
  private received = Buffer.alloc(0);

  constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => (this.received = Buffer.concat([this.received, chunk])));
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.on('close', () => resolve()));
  }

  static connect(port: number): Promise<RawPeer> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new RawPeer(socket)));
    });
  }

  /** Opens an association and waits until it is accepted. */
  static async associate(port: number, request = associateRequest()): Promise<RawPeer> {
    const peer = await RawPeer.connect(port);
    peer.send(request);
    const answer = (await peer.next()).readUInt8(0);
    if (answer !== pduType.associateAccept) throw new Error(`the association was answered with PDU type ${answer}`);
    return peer;
  }

  /** The command of the next PDU. */
  async response(): Promise<CommandSet> {
    return decodeCommand((await this.next()).subarray(12));
  }

  send(...parts: readonly Buffer[]): void {
    this.socket.write(Buffer.concat(parts));
  }

  /** Types of the whole PDUs that came so far. */
  get pduTypes(): readonly number[] {
    return this.pdus.map((pdu) => pdu.readUInt8(0));
  }

  /** The whole PDUs that came so far. */
  get pdus(): readonly Buffer[] {
    const pdus: Buffer[] = [];
    for (let rest = this.received; rest.length >= 6;) {
      const length = 6 + rest.readUInt32BE(2);
      if (rest.length < length) break;
      pdus.push(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    return pdus;
  }

  /** Waits for the next PDU that was not yet awaited. */
  async next(): Promise<Buffer> {
    const index = this.awaited++;
    let gone = false;
    void this.closed.then(() => (gone = true));
    while (this.pdus.length <= index) {
      if (gone) throw new Error(`the connection is closed; ${this.pdus.length} PDUs came`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return this.pdus[index] ?? Buffer.alloc(0);
  }

  private awaited = 0;
}

/** A server that lets a test speak for the target. Gives its port; `closeOpened` closes it. */
export const rawServer = (onPeer: (peer: RawPeer) => void): Promise<number> =>
  new Promise((resolve) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.setNoDelay(true));
      onPeer(new RawPeer(socket));
    });
    closeLater(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

/** Answers an association request as a target that takes everything, and grants a window where it is more than 1. */
export const acceptAll = async (peer: RawPeer, window = 1): Promise<void> => {
  const request = decodeAssociateRequest((await peer.next()).subarray(PDU_HEADER_LENGTH));
  const contexts = request.contexts.map(({ id, transferSyntaxes }) => ({
    id,
    result: 0,
    transferSyntax: transferSyntaxes[0] ?? '',
  }));
  const asynchronousOperations = window > 1 ? { invoked: window, performed: 1 } : undefined;
  const userInformation = { maximumLength: 16_384, implementationClassUid: '1.2', asynchronousOperations };
  peer.send(encodeAssociateAccept({ ...request, contexts, userInformation }));
};
