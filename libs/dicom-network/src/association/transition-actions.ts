/** What an action of PS3.8 tables 9-6 to 9-9 does besides sending its PDU or giving its indication. */
interface Effect {
  readonly artim?: 'start' | 'stop';
  /** The PDU or indication is left out. */
  readonly ignored?: true;
  /** Nothing is said or heard after this: our half of the connection is closed. */
  readonly last?: true;
  /** The transport connection is closed. */
  readonly close?: true;
}

export const actions = {
  'AE-1': {},
  'AE-2': {},
  'AE-3': {},
  'AE-4': { close: true },
  'AE-5': { artim: 'start' },
  'AE-6': { artim: 'stop' },
  'AE-7': {},
  'AE-8': { artim: 'start', last: true },
  'DT-1': {},
  'DT-2': {},
  'AR-1': {},
  'AR-2': {},
  'AR-3': { close: true },
  'AR-4': { artim: 'start', last: true },
  'AR-5': { artim: 'stop' },
  'AR-6': {},
  'AR-7': {},
  'AR-8': {},
  'AR-9': {},
  'AA-1': { artim: 'start', last: true },
  'AA-2': { artim: 'stop', close: true },
  'AA-3': { close: true },
  'AA-4': {},
  'AA-5': { artim: 'stop' },
  'AA-6': { ignored: true },
  // The standard sends another A-ABORT. Whoever goes on after a rejection, release or abort is not answered any more.
  'AA-7': { ignored: true },
  'AA-8': { artim: 'start', last: true },
} as const satisfies Record<string, Effect>;

export type Action = keyof typeof actions;

export const effectOf = (action: Action): Effect => actions[action];
