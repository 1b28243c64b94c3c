import { asSuperuser } from './database.js';
import { databaseUrlOf } from './standalone.js';

/** What the log says of a peer that was refused. */
export interface Rejection {
  readonly callingAeTitle: string;
  readonly reason: string;
  readonly tls: { readonly version: string; readonly certificate: { readonly subject: string } | null } | null;
}

/** Every refusal so far, the last one last. */
export const rejectionsIn = async (dataFolder: string): Promise<readonly Rejection[]> => {
  const sql = `select data from log.event where type = 'association.rejected.v1' order by position`;
  const rows = await asSuperuser<{ readonly data: Rejection }>(await databaseUrlOf(dataFolder), sql);
  return rows.map(({ data }) => data);
};
