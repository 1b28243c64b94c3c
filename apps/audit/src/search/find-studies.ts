import type { StudyLine } from '@waystation/answers';
import {
  configurationDecider,
  studyDecider,
  waitingCollections,
  whatAStudyWaitsFor,
  type StudyOutlook,
} from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { loadPendingSeries } from '@waystation/service';
import { Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import { StudyView } from '../project-history/study.view.js';
import type { StudyQuery } from './study-query.js';

/** What a study waits for, by rule. */
type Waiting = ReadonlyMap<string, Pick<StudyLine, 'waitsFor' | 'until' | 'pending'>>;

/** Finds studies that rules wait for. What for is asked of the log and of the configuration in force, whenever it is read. */
@Injectable()
export class FindStudies {
  constructor(
    private readonly views: DataSource,
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
  ) {}

  /** The study with the newest event first. */
  async find({ study, rule, status, before, limit }: StudyQuery): Promise<readonly StudyLine[]> {
    const lines = await this.views.getRepository(StudyView).find({
      where: {
        ...(study === undefined ? {} : { studyInstanceUid: study }),
        ...(rule === undefined ? {} : { rule }),
        ...(status === 'any' ? {} : { status }),
        ...(before === undefined ? {} : { position: LessThan(before) }),
      },
      order: { position: 'DESC', rule: 'ASC' },
      take: limit,
    });
    const waiting = new Map<string, Waiting>();
    for (const { studyInstanceUid } of lines.filter((line) => line.status === 'waiting'))
      if (!waiting.has(studyInstanceUid)) waiting.set(studyInstanceUid, await this.waitingOf(studyInstanceUid));
    const nothing = { waitsFor: null, until: null, pending: [] };
    return lines.map(({ waitingSince, lastMatchedAt, ...line }) => ({
      ...line,
      waitingSince: waitingSince?.toISOString() ?? null,
      lastMatchedAt: lastMatchedAt.toISOString(),
      ...(waiting.get(line.studyInstanceUid)?.get(line.rule) ?? nothing),
    }));
  }

  private async waitingOf(studyInstanceUid: string): Promise<Waiting> {
    const { state: study } = await this.commands.load(studyDecider, streamName.study(studyInstanceUid));
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    const pending = await loadPendingSeries(this.commands, study);
    const now = await this.log.now();
    return new Map(
      waitingCollections(study).map((collection) => {
        const outlook = whatAStudyWaitsFor(collection, state.document, now, pending);
        return [collection.rule, { ...tell(outlook), pending }];
      }),
    );
  }
}

const tell = (outlook: StudyOutlook): Pick<StudyLine, 'waitsFor' | 'until'> =>
  outlook.what === 'wait'
    ? { waitsFor: outlook.because, until: outlook.until ?? null }
    : { waitsFor: 'routing, which looks at it next', until: null };
