import type { TargetTls } from '@waystation/events';
import { isAbsolutePath } from '../parts/is-absolute-path.js';
import type { Part } from '../parts/part.js';
import { numberAt, textAt, truthAt } from '../parts/values.js';
import type { TargetContext } from './target-context.js';

/** mercure does not say that the certificate has to be for the host: DCMTK asks that it leads to an authority. */
const importTls = (part: Part): TargetTls | undefined => {
  const fileAt = (key: string): string | undefined => {
    const text = textAt(part.at(key));
    return isAbsolutePath(text) ? text : undefined;
  };
  const [keyFile, certificateFile, caFile] = ['tls_key', 'tls_cert', 'ca_cert'].map(fileAt);
  if (keyFile === undefined || certificateFile === undefined || caFile === undefined) return undefined;
  part.at('tls_key').taken('tls.keyFile has it; the file has to be where dispatch runs');
  part.at('tls_cert').taken('tls.certificateFile has it; the file has to be where dispatch runs');
  part.at('ca_cert').taken('tls.caFile has it, with tls.verify "chain": mercure does not compare the name of the host');
  return { keyFile, certificateFile, caFile, verify: 'chain' };
};

const importCallingTitle = (part: Part): { readonly callingAeTitle?: string } => {
  const source = part.at('aet_source');
  const title = textAt(source).trim();
  if (title === '') {
    source.changed('it is empty: Waystation calls with WAYSTATION, where mercure called with the title of its tool');
    return {};
  }
  source.taken('callingAeTitle has it');
  return { callingAeTitle: title };
};

/** A target of the types `dicom` and `dicomtls`; undefined with the reason told where it cannot be one here. */
export const importDicomTarget = (part: Part, context: TargetContext, overTls: boolean): object | undefined => {
  const host = textAt(part.at('ip')).trim();
  if (host.toLowerCase() === 'sender') {
    part.droppedAfterAll('Waystation cannot send objects back to wherever they came from');
    return undefined;
  }
  const tls = overTls ? importTls(part) : undefined;
  if (overTls && tls === undefined) {
    part.droppedAfterAll(
      'TLS needs absolute paths of tls_key, tls_cert and ca_cert; without it nothing should be sent',
    );
    return undefined;
  }
  for (const key of ['pass_sender_aet', 'pass_receiver_aet']) {
    if (truthAt(part.at(key), false)) part.at(key).notTaken('Waystation calls a target always with the same AE title');
    else part.at(key).taken('it is off, as it always is here');
  }
  const callingAeTitle = importCallingTitle(part);
  part.at('ip').taken('host has it');
  part.at('port').taken('port has it');
  part.at('aet_target').taken('calledAeTitle has it');
  return {
    kind: 'dicom',
    ...context,
    host,
    port: numberAt(part.at('port'), Number.NaN),
    calledAeTitle: textAt(part.at('aet_target')).trim(),
    ...callingAeTitle,
    ...(tls === undefined ? {} : { tls }),
  };
};
