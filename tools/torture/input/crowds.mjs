import { associateRequest, commandSet, data, storeElements } from './encode.mjs';
import { objectOf } from './objects.mjs';
import { Random } from './random.mjs';
import { speak } from './speak.mjs';

const CROWD = 1_000;
const FEW = 50;
/** A receiver that cares for bytes only would wait for ever. */
const TRICKLE_MS = 500;
const TRICKLES = 60;

const many = (count, one) => Promise.all(Array.from({ length: count }, (_, number) => one(number)));
const drops = (bytes) => Array.from(bytes.subarray(0, TRICKLES), (byte) => Buffer.from([byte]));

/** Attacks of many connections at once by name; each gives the conversations and how they went. */
export const crowds = {
  '1,000 connections that say nothing, and 50 that say a byte at a time': (port) =>
    both(silent(port, []), trickle(port, [])),
  '1,000 associations that say nothing, and 50 that send an object a byte at a time': (port, seed) => {
    const object = objectOf(seed, new Random(seed));
    const command = data(1, 3, commandSet(storeElements(object)));
    return both(silent(port, [associateRequest()]), trickle(port, [associateRequest(), command]));
  },
  '1,000 connections that are broken off at once': (port) =>
    many(CROWD, (number) => said({ name: `broken off ${number}`, chunks: [], endBy: 'reset' }, port)),
};

const both = async (one, other) => [...(await one), ...(await other)];

const silent = (port, chunks) =>
  many(CROWD, (number) => said({ name: `silent ${number}`, chunks, endBy: 'stay' }, port));

const trickle = (port, first) =>
  many(FEW, (number) => {
    const chunks = [...first, ...drops(associateRequest())];
    return said({ name: `trickle ${number}`, chunks, endBy: 'stay', pauseMs: TRICKLE_MS }, port);
  });

async function said(conversation, port) {
  return { conversation, outcome: await speak(port, conversation.chunks, conversation) };
}
