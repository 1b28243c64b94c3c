import { quarantineDecider, type QuarantineState } from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import {
  idOf,
  streamName,
  type AssociationAccepted,
  type InstanceQuarantined,
  type RecordedEvent,
  type ReinjectionRequested,
} from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { Authorship } from '@waystation/service';
import { Injectable } from '@nestjs/common';
import type { Reinjection } from './requests.js';

type Source = ReinjectionRequested['data']['source'];

/** Asks for an object in quarantine to be taken in again: ingest does it. */
@Injectable()
export class RequestReinjection {
  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
  ) {}

  /**
   * @param position of the event that the object was kept aside by
   * @throws CodedError `log.no-such-position`, `quarantine.unknown` where nothing was kept aside there,
   *   `quarantine.already-running`, `quarantine.already-reinjected`
   */
  async ask(position: number, { uidsFrom, transferSyntaxUid }: Reinjection, by: Authorship): Promise<QuarantineState> {
    const event = await this.log.read(position);
    if (event.type !== 'instance.quarantined.v1')
      throw new CodedError('quarantine.unknown', `position ${position} is ${event.type}: nothing was kept aside there`);
    const { object, sopClassUid, sopInstanceUid, ...said } = event.data as InstanceQuarantined['data'];
    const request: ReinjectionRequested['data'] = {
      quarantined: position,
      source: await this.sourceOf(event),
      sopClassUid,
      sopInstanceUid,
      uidsFrom,
      transferSyntaxUid: transferSyntaxUid ?? said.transferSyntaxUid,
      object,
      author: by.author,
      reason: by.reason,
    };
    const { state } = await this.commands.handle(
      quarantineDecider,
      streamName.quarantine(object.sha256),
      { kind: 'request-reinjection', request },
      { metadata: { actor: by.actor, correlationid: event.stream, causationid: position } },
    );
    return state;
  }

  /** Who sent it, by the first event of its association. */
  private async sourceOf({ stream, metadata }: RecordedEvent): Promise<Source> {
    const [accepted] = await this.log.readStream(stream, { through: 1 });
    const association = idOf(stream);
    if (accepted?.type === 'association.accepted.v1') {
      const { callingAeTitle, calledAeTitle, address } = accepted.data as AssociationAccepted['data'];
      return { association, callingAeTitle, calledAeTitle, address };
    }
    const { name = '', address = '' } = metadata.actor ?? {};
    return { association, callingAeTitle: name, calledAeTitle: '', address };
  }
}
