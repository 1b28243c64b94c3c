/**
 * What is measured, in the order of a round. `against` is the case that it is divided by, and `bar` what the quotient should
 * reach; `atMostMs` what the median of single answers should not exceed, `atLeast` what a second should bring. How each is done is in `work/`, in the process that is
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
  'what-if': {
    about: 'every decision made again by other rules, of which none differs; counted are the events that it passes',
    against: 'copy-limit',
  },
  'what-if-decide': { about: 'forty rules asked about a series, no two of which are alike', atLeast: 1_000_000 },
  rebuild: { about: 'all read models derived again, compared and switched to', against: 'copy-limit' },
  'copy-in': { about: 'COPY of batches of 1,000 rows into a table with the same columns and indexes' },
  'append-batches': {
    about: '1,000 events of 100 streams at once: versions, order, hashes, one commit',
    against: 'copy-in',
    bar: 0.4,
  },
  'append-batches-4': { about: 'the same by 4 writers at once', against: 'copy-in' },
  'append-batches-16': { about: 'the same by 16', against: 'copy-in' },
  'append-each': { about: '16 sessions, a transaction for each append' },
  'append-each-4': { about: '4 sessions' },
  'append-64': { about: '64 callers of one process, each waiting for its answer', against: 'append-each', bar: 8 },
  'sync-and-ask': { about: 'one write that is durable, and one question to the server' },
  'append-one': { about: 'one caller, one append after the other', against: 'sync-and-ask', bar: 0.2 },
  'commit-to-consumer': {
    about: '100 appends a second, until a consumer behind RabbitMQ in another process has the event',
    atMostMs: 3,
    broker: true,
  },
};
