import type { ForgottenPatient } from '@waystation/answers';
import { patientDecider, type RequestErasure } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { Identities, type KnownPatient, type Subject } from '@waystation/identity';
import { CodedError } from '@waystation/kernel';
import type { Authorship } from '@waystation/service';
import { Injectable } from '@nestjs/common';
import type { Forgetting } from './requests.js';

/** Forgets who a patient is: asks for it in the log, destroys the keys, and writes down that it is done. */
@Injectable()
export class ForgetPatient {
  constructor(
    private readonly commands: CommandHandler,
    private readonly identities: Identities,
  ) {}

  /**
   * Forgets a patient. May be asked for again: then nothing happens.
   * @throws CodedError `identity.ambiguous-patient` where several issuers gave this Patient ID and none of them is named
   */
  async forget(asked: Forgetting, { author, actor }: Authorship): Promise<readonly ForgottenPatient[]> {
    const { reason } = asked;
    const forgotten: ForgottenPatient[] = [];
    for (const { pseudonym, keys } of await this.patientsOf(asked)) {
      const stream = streamName.patient(pseudonym);
      const command: RequestErasure = { kind: 'request-erasure', keys, author, reason };
      await this.commands.handle(patientDecider, stream, command, { metadata: { actor } });
      await this.finish(stream);
      forgotten.push({ pseudonym, keys: keys.length });
    }
    return forgotten;
  }

  /** Does what was asked for in a stream, whoever asked; nothing where it is done. */
  async finish(stream: string): Promise<void> {
    const { erasure } = (await this.commands.load(patientDecider, stream)).state;
    if (erasure === undefined) return;
    await this.identities.erasure.destroy(erasure.keys);
    await this.commands.handle(patientDecider, stream, { kind: 'finish-erasure', keys: erasure.keys });
  }

  private async patientsOf(asked: Forgetting): Promise<readonly KnownPatient[]> {
    const { patients } = this.identities;
    if (!('patientId' in asked) || asked.issuer !== undefined) return [await patients.of(subjectOf(asked))];
    const known = await patients.ofAnyIssuer(asked.patientId);
    const withKeys = known.filter(({ keys }) => keys.length > 0);
    if (withKeys.length === 0) return known;
    if (withKeys.length === 1 || asked.everyIssuer) return withKeys;
    const message = `${withKeys.length} issuers gave this Patient ID to somebody: expected one of them, or every one`;
    throw new CodedError('identity.ambiguous-patient', message);
  }
}

const subjectOf = (asked: Forgetting): Subject =>
  'patientId' in asked
    ? { patientId: asked.patientId, issuer: asked.issuer ?? '' }
    : { studyInstanceUid: asked.studyInstanceUid };
