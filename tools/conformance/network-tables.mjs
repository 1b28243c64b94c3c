import { eventNumbers, transition } from '../../libs/dicom-network/dist/association/transition-table.js';
import { dimseStatuses, rejection, waystationImplementation } from '../../libs/dicom-network/dist/index.js';
import { DEFAULT_MAXIMUM_LENGTH, SMALLEST_MAXIMUM_LENGTH } from '../../libs/dicom-network/dist/pdu/maximum-length.js';
import { tlsProfile } from '../../libs/dicom-network/dist/tls/tls-profile.js';
import { IMPLEMENTATION_VERSION_NAME, storageSopClasses, transferSyntaxes } from '../../libs/dicom/dist/index.js';
import { code, table } from './markdown.mjs';
import { answers, rejections } from './situations.mjs';

const hexadecimal = (status) => `0x${status.toString(16).toUpperCase().padStart(4, '0')}`;

const sopClasses = () =>
  table(
    ['SOP class', 'UID'],
    [...storageSopClasses].map(([uid, name]) => [name, code(uid)]),
  );

const form = ({ explicit, bigEndian, deflated, encapsulated }) =>
  [
    explicit ? 'explicit VR' : 'implicit VR',
    bigEndian ? 'big endian' : 'little endian',
    ...(deflated ? ['deflated'] : []),
    ...(encapsulated ? ['encapsulated pixel data'] : []),
  ].join(', ');

const syntaxes = () =>
  table(
    ['transfer syntax', 'UID', 'data set'],
    [...transferSyntaxes.values()].map((syntax) => [syntax.name, code(syntax.uid), form(syntax)]),
  );

const implementation = () =>
  table(
    ['what', 'value'],
    [
      ['application context', code('1.2.840.10008.3.1.1.1')],
      ['Implementation Class UID', code(waystationImplementation.classUid)],
      ['Implementation Version Name, associations', code(waystationImplementation.versionName)],
      ['Implementation Version Name, files', code(IMPLEMENTATION_VERSION_NAME)],
      ['longest P-DATA-TF that is announced, if not set otherwise', `${DEFAULT_MAXIMUM_LENGTH} bytes`],
      ['longest P-DATA-TF that is sent', `what the peer announces, at most ${DEFAULT_MAXIMUM_LENGTH} bytes`],
      ['shortest maximum length of a peer that is worked with', `${SMALLEST_MAXIMUM_LENGTH} bytes`],
    ],
  );

/** Every situation needs a status, so that neither can be forgotten. */
const known = (situations, table_) => {
  const unknown = Object.keys(situations).filter((key) => !Object.hasOwn(table_, key));
  if (unknown.length > 0) throw new Error(`the conformance statement knows ${unknown.join(', ')}, the code does not`);
  return Object.entries(situations).map(([key, situation]) => [table_[key], situation]);
};

const storeStatuses = () =>
  table(
    ['status', 'meaning', 'request', 'when', 'object', 'clause'],
    known(answers, dimseStatuses).map(([{ code: status, meaning, clause }, [request, when, fate]]) => [
      code(hexadecimal(status)),
      meaning,
      request,
      when,
      fate,
      clause,
    ]),
  );

const understoodStatuses = () =>
  table(
    ['status', 'meaning', 'clause'],
    Object.entries(dimseStatuses)
      .filter(([key]) => !Object.hasOwn(answers, key))
      .map(([, { code: status, meaning, clause }]) => [code(hexadecimal(status)), meaning, clause]),
  );

const results = { 1: 'permanent', 2: 'transient' };

const rejectionTable = () =>
  table(
    ['result', 'source', 'reason', 'when'],
    known(rejections, rejection).map(([{ result, source, reason }, when]) => [
      `${result} ${results[result]}`,
      source,
      reason,
      when,
    ]),
  );

const states = ['Sta1', 'Sta2', 'Sta3', 'Sta4', 'Sta5', 'Sta6', 'Sta7', 'Sta8', 'Sta9', 'Sta11', 'Sta13'];

const stateTable = () =>
  table(
    ['event', ...states],
    Object.entries(eventNumbers).map(([event, number]) => [
      `${number} ${event}`,
      ...states.map((state) => transition(event, state)?.join(' ') ?? ''),
    ]),
  );

const ciphers = () =>
  table(
    ['cipher suite'],
    tlsProfile.ciphers.split(':').map((cipher) => [code(cipher)]),
  );

/** Tables about the network, by the name of their place in the statement. */
export const networkTables = {
  'sop-classes': sopClasses,
  'transfer-syntaxes': syntaxes,
  implementation,
  'store-statuses': storeStatuses,
  'understood-statuses': understoodStatuses,
  rejections: rejectionTable,
  'state-table': stateTable,
  ciphers,
};
