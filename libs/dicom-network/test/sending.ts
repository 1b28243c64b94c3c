import { Readable } from 'node:stream';
import type { Peer } from '../src/scu/peer.js';
import type { SendableInstance, SendReceipt } from '../src/scu/sendable-instance.js';
import { makeObject, syntax, type TestObject } from './test-object.js';

/** How a target of a test is called. */
export const peerAt = (port: number, more: Partial<Peer> = {}): Peer => ({
  host: '127.0.0.1',
  port,
  calledAeTitle: 'TARGET',
  callingAeTitle: 'WAYSTATION',
  timeoutMs: 5_000,
  ...more,
});

export const sendable = ({ dataSet, ...object }: TestObject): SendableInstance => ({
  ...object,
  open: () => Promise.resolve(Readable.from([dataSet])),
});

/** Somebody who keeps the receipts. */
export const collect = () => {
  const receipts: SendReceipt[] = [];
  return { receipts, onReceipt: (receipt: SendReceipt) => void receipts.push(receipt) };
};

export const objectsOf = (count: number): readonly TestObject[] =>
  Array.from({ length: count }, () => makeObject(syntax.explicitLittle, 4_096));

export const uidsOf = (all: readonly { readonly sopInstanceUid: string }[]): readonly string[] =>
  all.map((one) => one.sopInstanceUid).toSorted();
