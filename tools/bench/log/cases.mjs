/**
 * What is measured, in the order of a round. `against` is the case that it is divided by, and `bar` what the quotient should
 * reach; `atMostMs` what the median of single answers should not exceed. How each is done is in `work/`, in the process that is
 * measured.
 */
export const cases = {
  'copy-limit': { about: 'COPY … TO ’/dev/null’ of the columns that a replay reads, within the server' },
  'copy-all-limit': { about: 'the same of all columns, which a verification reads' },
  'read-and-fold': {
    about: 'EventLog.replay, every event parsed and counted into its stream',
    against: 'copy-limit',
    bar: 0.4,
  },
  'fold-series': { about: 'the same, folded into series as production does', against: 'copy-limit' },
  verify: { about: 'verifyLog: hashes, order, Merkle roots, chain', against: 'copy-all-limit', bar: 0.08 },
  'time-travel': { about: 'one series at a position in its life, one after the other', atMostMs: 10 },
};
