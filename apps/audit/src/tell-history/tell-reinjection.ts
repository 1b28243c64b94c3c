import type { ReinjectionRequested } from '@waystation/events';

/** What somebody asked for, for people: whose object it is, and what is to be taken differently this time. */
export const tellReinjection = (request: ReinjectionRequested['data']): string => {
  const { author, sopInstanceUid, source, uidsFrom, transferSyntaxUid, reason } = request;
  const uids = uidsFrom === 'data-set' ? ', by the UIDs of its data set' : '';
  return `${author} asked to take ${sopInstanceUid} from ${source.callingAeTitle} in again${uids}, read as ${transferSyntaxUid}${reason === '' ? '' : `: ${reason}`}`;
};
