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
import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, LessThan, MoreThan, type FindOptionsWhere } from 'typeorm';
import { SeriesView } from '../project-history/series.view.js';
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

  /** The study with the newest event first; that with which the page ends as a whole, also where that is more than asked for. */
  async find(query: StudyQuery): Promise<readonly StudyLine[]> {
    const lines = await this.page(query);
    const studies = new Set(lines.flatMap((line) => (line.status === 'waiting' ? [line.studyInstanceUid] : [])));
    const waiting = await this.waitingOf([...studies]);
    const nothing = { waitsFor: null, until: null, pending: [] };
    return lines.map(({ waitingSince, lastMatchedAt, ...line }) => ({
      ...line,
      waitingSince: waitingSince?.toISOString() ?? null,
      lastMatchedAt: lastMatchedAt.toISOString(),
      ...(waiting.get(line.studyInstanceUid)?.get(line.rule) ?? nothing),
    }));
  }

  private async page({ study, rule, status, before, limit }: StudyQuery): Promise<readonly StudyView[]> {
    const where: FindOptionsWhere<StudyView> = {
      ...(study === undefined ? {} : { studyInstanceUid: study }),
      ...(rule === undefined ? {} : { rule }),
      ...(status === 'any' ? {} : { status }),
    };
    const views = this.views.getRepository(StudyView);
    const behind = before === undefined ? {} : { position: LessThan(before) };
    const page = { where: { ...where, ...behind }, take: limit } as const;
    const lines = await views.find({ ...page, order: { position: 'DESC', rule: 'ASC' } });
    const last = lines.at(-1);
    if (last === undefined || lines.length < limit || rule !== undefined) return lines;
    // All lines of a study have its position: the next page begins behind it.
    const rest = { ...where, position: last.position, rule: MoreThan(last.rule) };
    return [...lines, ...(await views.find({ where: rest, order: { rule: 'ASC' } }))];
  }

  private async waitingOf(studies: readonly string[]): Promise<ReadonlyMap<string, Waiting>> {
    const waiting = new Map<string, Waiting>();
    if (studies.length === 0) return waiting;
    const { document } = (await this.commands.load(configurationDecider, streamName.configuration)).state;
    const now = await this.log.now();
    const pendingOf = await this.pendingOf(studies);
    for (const studyInstanceUid of studies) {
      const pending = pendingOf.get(studyInstanceUid) ?? [];
      const { state: study } = await this.commands.load(studyDecider, streamName.study(studyInstanceUid));
      const outlooks = waitingCollections(study).map((collection) => {
        const outlook = whatAStudyWaitsFor(collection, document, now, pending);
        return [collection.rule, { ...tell(outlook), pending }] as const;
      });
      waiting.set(studyInstanceUid, new Map(outlooks));
    }
    return waiting;
  }

  /** Series that hold studies open, by study, as the read models know them: a page of studies may be of a million objects. */
  private async pendingOf(studies: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const ofStudies = { studyInstanceUid: In(studies) };
    const series = await this.views.getRepository(SeriesView).find({
      select: { seriesInstanceUid: true, studyInstanceUid: true },
      where: [
        { ...ofStudies, status: 'receiving' },
        { ...ofStudies, outcome: IsNull() },
      ],
      order: { seriesInstanceUid: 'ASC' },
    });
    const pending = new Map<string, string[]>();
    for (const { studyInstanceUid, seriesInstanceUid } of series)
      pending.set(studyInstanceUid, [...(pending.get(studyInstanceUid) ?? []), seriesInstanceUid]);
    return pending;
  }
}

const tell = (outlook: StudyOutlook): Pick<StudyLine, 'waitsFor' | 'until'> =>
  outlook.what === 'wait'
    ? { waitsFor: outlook.because, until: outlook.until ?? null }
    : { waitsFor: 'routing, which looks at it next', until: null };
