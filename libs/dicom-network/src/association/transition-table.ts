import type { Action } from './transition-actions.js';

/**
 * States of PS3.8 table 9-10 that occur. An acceptor never releases, so Sta10 and Sta12 cannot be reached.
 * Sta1 idle, Sta2 awaiting A-ASSOCIATE-RQ, Sta3 awaiting the local answer, Sta4 awaiting the transport connection,
 * Sta5 awaiting A-ASSOCIATE-AC or -RJ, Sta6 ready for data, Sta7 awaiting A-RELEASE-RP, Sta8 awaiting the local release
 * answer, Sta9 and Sta11 release collision on the requestor's side, Sta13 awaiting the end of the transport connection.
 */
export type State = 'Sta1' | 'Sta2' | 'Sta3' | 'Sta4' | 'Sta5' | 'Sta6' | 'Sta7' | 'Sta8' | 'Sta9' | 'Sta11' | 'Sta13';

type Transition = readonly [action: Action, next: State];
type Row = Readonly<Partial<Record<State, Transition>>>;

/** A PDU that is not due: what every row of a PDU has where nothing else is said. */
const unexpected: Row = {
  Sta2: ['AA-1', 'Sta13'],
  Sta3: ['AA-8', 'Sta13'],
  Sta5: ['AA-8', 'Sta13'],
  Sta6: ['AA-8', 'Sta13'],
  Sta7: ['AA-8', 'Sta13'],
  Sta8: ['AA-8', 'Sta13'],
  Sta9: ['AA-8', 'Sta13'],
  Sta11: ['AA-8', 'Sta13'],
  Sta13: ['AA-6', 'Sta13'],
};

const inAssociation = (transition: Transition): Row => ({
  Sta3: transition,
  Sta5: transition,
  Sta6: transition,
  Sta7: transition,
  Sta8: transition,
  Sta9: transition,
  Sta11: transition,
});

/** PS3.8 table 9-10: what happens, by event and state. An event without an entry cannot happen and is ignored. */
export const transitions = {
  'A-ASSOCIATE request': { Sta1: ['AE-1', 'Sta4'] },
  'transport connected': { Sta4: ['AE-2', 'Sta5'] },
  'A-ASSOCIATE-AC PDU': { ...unexpected, Sta5: ['AE-3', 'Sta6'] },
  'A-ASSOCIATE-RJ PDU': { ...unexpected, Sta5: ['AE-4', 'Sta1'] },
  'transport indicated': { Sta1: ['AE-5', 'Sta2'] },
  'A-ASSOCIATE-RQ PDU': { ...unexpected, Sta2: ['AE-6', 'Sta3'], Sta13: ['AA-7', 'Sta13'] },
  'A-ASSOCIATE accept': { Sta3: ['AE-7', 'Sta6'] },
  'A-ASSOCIATE reject': { Sta3: ['AE-8', 'Sta13'] },
  'P-DATA request': { Sta6: ['DT-1', 'Sta6'], Sta8: ['AR-7', 'Sta8'] },
  'P-DATA-TF PDU': { ...unexpected, Sta6: ['DT-2', 'Sta6'], Sta7: ['AR-6', 'Sta7'] },
  'A-RELEASE request': { Sta6: ['AR-1', 'Sta7'] },
  'A-RELEASE-RQ PDU': { ...unexpected, Sta6: ['AR-2', 'Sta8'], Sta7: ['AR-8', 'Sta9'] },
  'A-RELEASE-RP PDU': { ...unexpected, Sta7: ['AR-3', 'Sta1'], Sta11: ['AR-3', 'Sta1'] },
  'A-RELEASE response': { Sta8: ['AR-4', 'Sta13'], Sta9: ['AR-9', 'Sta11'] },
  // Sta2 is not in the standard: a server that shuts down does not wait for the request.
  'A-ABORT request': { ...inAssociation(['AA-1', 'Sta13']), Sta2: ['AA-1', 'Sta13'], Sta4: ['AA-2', 'Sta1'] },
  'A-ABORT PDU': { ...inAssociation(['AA-3', 'Sta1']), Sta2: ['AA-2', 'Sta1'], Sta13: ['AA-2', 'Sta1'] },
  'transport closed': {
    ...inAssociation(['AA-4', 'Sta1']),
    Sta2: ['AA-5', 'Sta1'],
    Sta4: ['AA-4', 'Sta1'],
    Sta13: ['AR-5', 'Sta1'],
  },
  'ARTIM expired': { Sta2: ['AA-2', 'Sta1'], Sta13: ['AA-2', 'Sta1'] },
  'invalid PDU': { ...unexpected, Sta13: ['AA-7', 'Sta13'] },
} as const satisfies Record<string, Row>;

export type UpperLayerEvent = keyof typeof transitions;

/** What the standard calls the events, in the order of its rows. */
export const eventNumbers: Readonly<Record<UpperLayerEvent, string>> = {
  'A-ASSOCIATE request': 'Evt1',
  'transport connected': 'Evt2',
  'A-ASSOCIATE-AC PDU': 'Evt3',
  'A-ASSOCIATE-RJ PDU': 'Evt4',
  'transport indicated': 'Evt5',
  'A-ASSOCIATE-RQ PDU': 'Evt6',
  'A-ASSOCIATE accept': 'Evt7',
  'A-ASSOCIATE reject': 'Evt8',
  'P-DATA request': 'Evt9',
  'P-DATA-TF PDU': 'Evt10',
  'A-RELEASE request': 'Evt11',
  'A-RELEASE-RQ PDU': 'Evt12',
  'A-RELEASE-RP PDU': 'Evt13',
  'A-RELEASE response': 'Evt14',
  'A-ABORT request': 'Evt15',
  'A-ABORT PDU': 'Evt16',
  'transport closed': 'Evt17',
  'ARTIM expired': 'Evt18',
  'invalid PDU': 'Evt19',
};

/** The entry of the table, undefined where it is empty. */
export const transition = (event: UpperLayerEvent, state: State): Transition | undefined =>
  (transitions[event] as Row)[state];
