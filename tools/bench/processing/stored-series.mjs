import { createHash } from 'node:crypto';
import { HeaderReader } from '../../../libs/dicom/dist/index.js';
import { seriesDecider } from '../../../libs/domain/dist/index.js';
import { streamName } from '../../../libs/events/dist/index.js';
import { contentKey } from '../../../libs/object-store/dist/index.js';
import { syntheticSeries } from '../../../libs/testing/dist/index.js';

const source = { association: 'bench', callingAeTitle: 'CT1', calledAeTitle: 'WAYSTATION', address: '127.0.0.1' };

/** One object arrives, without the network. @returns what was stored */
export async function storeSeries({ commands, objects, identities }) {
  const [instance] = syntheticSeries(1);
  const { part10, dataSet, transferSyntaxUid, ...uids } = instance;
  const reader = new HeaderReader(transferSyntaxUid);
  reader.push(dataSet);
  const { header, identity } = reader.end();
  const sha256 = createHash('sha256').update(dataSet).digest('hex');
  const key = contentKey(sha256);
  await objects.put(key, part10);
  const sealed = await identities.seal(uids, identity);
  const { sopInstanceUid, sopClassUid, studyInstanceUid, seriesInstanceUid } = uids;
  const object = { key, sha256, size: part10.length, dataSetOffset: part10.length - dataSet.length };
  await commands.handle(seriesDecider, streamName.series(seriesInstanceUid), {
    kind: 'store-instance',
    ...{ seriesInstanceUid, studyInstanceUid, source, header, identity: sealed, quietPeriodMs: 3_600_000 },
    instance: { sopInstanceUid, sopClassUid, transferSyntaxUid, object },
  });
  return instance;
}
