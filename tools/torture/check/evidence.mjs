/**
 * What the checker of the fault campaign is given of a run, when the last fault is over and all is at rest. Plain data and
 * plain connections: nothing of it is made by the code under test.
 *
 * @typedef {object} Sent One C-STORE of a sender, whatever came of it.
 * @property {string} sender who sent it: the calling AE title, or any other name
 * @property {string} association of the sender's own naming: a new one for every connection
 * @property {string} sopInstanceUid
 * @property {string} seriesInstanceUid
 * @property {string} studyInstanceUid
 * @property {string} transferSyntaxUid
 * @property {string} sha256 of the bytes of the data set as they were sent
 * @property {number} size bytes of the data set
 * @property {number | undefined} answer status of the C-STORE-RSP; undefined where none came
 * @property {number} at milliseconds since 1970, of the answer or of the loss of the connection
 *
 * @typedef {object} Came One C-STORE that a target took whole, in the order in which they came to it.
 * @property {string} target its name in the configuration
 * @property {string} association of the target's own naming
 * @property {string} sopInstanceUid of the command
 * @property {string} dataSetSha256 of the bytes of the data set as they came
 * @property {number} status what it answered, or would have
 * @property {boolean} answered whether the answer was given to the connection; the peer may not have got it all the same
 * @property {number} at milliseconds since 1970
 *
 * @typedef {object} ExpectedSeries What the rules call for once all that was sent of a series is there. One entry per series.
 * @property {string} seriesInstanceUid
 * @property {'routed' | 'discarded' | 'unmatched'} outcome
 * @property {readonly string[]} targets where the objects of the series go as they were received by rules that route
 * @property {readonly ExpectedJob[]} jobs
 *
 * @typedef {object} ExpectedJob
 * @property {string} rule that has the series processed, in one step
 * @property {string} module
 * @property {readonly string[]} targets where the output goes
 * @property {boolean} originals whether what came in goes there as well
 * @property {number} [outputs] objects that it makes of each that it is given; left out where that is not known
 *
 * @typedef {object} Held What a process holds after a garbage collection, where it is a Node.
 * @property {number} rss bytes
 * @property {number} [heapUsed] bytes
 * @property {number} [external] bytes
 * @property {number} files open file descriptors
 *
 * @typedef {object} WatchedProcess
 * @property {string} name such as `ingest 1`
 * @property {Held} before after a warm-up
 * @property {Held} after at the end, by the same process; one that was killed on the way is left out
 *
 * @typedef {object} Evidence
 * @property {readonly Sent[]} sent
 * @property {readonly Came[]} came of all targets that are watched
 * @property {readonly string[]} watched targets whose every C-STORE is in `came`; others, such as folders, are judged by the log alone
 * @property {readonly ExpectedSeries[]} expected
 * @property {string} objects where the objects are, as `WAYSTATION_OBJECTS` says it: `file:///FOLDER` or
 *   `s3://ACCESS:SECRET@host:port/bucket?tls=false&prefix=…/`; reached without a proxy
 * @property {string} database URL of the Postgres, as a role that may read all of the schema `log`
 * @property {(...args: readonly string[]) => Promise<{ code: number, stdout: string, stderr?: string }>} cli runs `waystation …args` against it
 * @property {{ waitedMs: number, limitMs: number }} rest from the end of the last fault until all was at rest, or until the machine
 *   gave up waiting
 * @property {readonly WatchedProcess[]} processes may be empty
 * @property {boolean} [reaped] whether Waystation removed at the end what no event names; then none of it may be left
 * @property {readonly { name: string, messages: number }[]} [queues] of the broker, where there is one: all of them, with what
 *   is ready and what is not acknowledged
 *
 * @typedef {object} Difference What is not as it was promised.
 * @property {1 | 2 | 3 | 4 | 5} invariant
 * @property {string} name such as `success-without-event`; the same breach has the same name
 * @property {string} what a sentence
 * @property {string} where a UID, a stream, a position, a key, a process
 *
 * @typedef {object} Findings
 * @property {readonly Difference[]} differences none where all invariants held
 * @property {Readonly<Record<string, number>>} figures what was looked at, for the report: `sent`, `acknowledged`, `events`,
 *   `objects`, `unclaimed` (objects in the store that no event names: sent again or never acknowledged, or made by an attempt
 *   that failed), `deliveries`, `abandoned`, `repeated` (objects that a target got again, as the ledger says), `jobs`,
 *   `withoutEnd` (associations of which the log does not say how they ended)
 */

/** Success, or a warning that says that the object was kept (PS3.4 table B.2-1). */
export const wasKept = (status) => status === 0 || (status !== undefined && status >> 12 === 0xb);
