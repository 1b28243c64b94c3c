import type { BundleManifest } from './bundle-manifest.js';
import { SUMS } from './zip-stream.js';

/** What a bundle says to people. */
export const readMe = ({ studyInstanceUid, source, createdAt, head, objects }: BundleManifest): string => `\
Evidence about study ${studyInstanceUid}
made ${createdAt} from the event log ${source}, up to its position ${head.position}.

To check it, with nothing but Node.js 18 or newer (nodejs.org), in the folder it was unpacked to:

    node verify.mjs

It ends with 0 and the word "whole" where nothing is missing and nothing was changed since it was made; else it names what is
wrong. It talks to nobody and writes nothing.

What is in here
    bundle.json       what the bundle is about, and how many events each stream has
    events.jsonl      every event, a line each, in the order in which they were written: position in the log, stream, place
                      in the stream, times, the exact text that is stored (data, metadata), its hash, and the proof that it
                      is under a seal
    seals.jsonl       those seals: a Merkle root over a range of the log, chained to the seal before, signed where
                      Waystation has a key
    configuration/    the versions of rules and targets that decided, as events.jsonl has them
    decisions/        for every revision of every series: why it was complete, what each rule saw and said, why each
                      delivery went where, and every attempt
    receipts.jsonl    what the targets answered, object by object
    objects.jsonl     every object with its SHA-256 and size
    objects/          the objects as DICOM files (${objects === 'included' ? 'included, except those that objects.jsonl says are missing' : 'left out here'})
    ${SUMS}        SHA-256 of every other file; "sha256sum -c ${SUMS}" works, too

What it proves
    A hash stands for the text of an event; the text cannot be changed without changing the hash, the hash not without
    changing the root of its seal, and the root not without changing the seal and every later one. So whoever knows a seal
    knows that the events under it are those that were there when it was made. Who could have made up a whole bundle is
    told apart by what he cannot have changed:
      - copies of the seals that were kept elsewhere (seals/*.json in the object store):
            node verify.mjs --anchors FOLDER
      - the public key that seals are signed with, from somebody you trust:
            node verify.mjs --key public-key.pem
    And use a verify.mjs that you trust, such as that of the source code (apps/audit/bundle/verify.mjs):
            node /trusted/verify.mjs FOLDER

SHA-256 of an event: over type, stream, time, data and metadata, each but the last followed by a line feed.
Leaf: SHA-256 over 0x00, position (8 bytes), sequence (4), recorded time in ms since 1970 (8), hash (32), big-endian.
Tree and proofs: RFC 6962, section 2.1. Seal: SHA-256 over the seal before (32), root (32), from (8), to (8).
Signature: Ed25519 over "waystation seal v1", line feed, the seal in hexadecimal, line feed.
`;
