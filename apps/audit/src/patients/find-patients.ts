import type { PatientReport, SeriesOfPatient } from '@waystation/answers';
import { patientDecider, type PatientState } from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { streamName, type RecordedEvent } from '@waystation/events';
import { Identities, type KnownPatient, type Subject } from '@waystation/identity';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ProjectHistory } from '../project-history/project-history.js';
import { objectsOfJob } from './objects-of-jobs.js';
import { objectsUnder } from './objects-under.js';

/** What is asked for: one issuer, or any where none is given; or a study that names no patient. */
export type WhichPatient =
  { readonly patientId: string; readonly issuer?: string | undefined } | { readonly studyInstanceUid: string };

/** Finds out what there is of a patient: what forgetting concerns, before and after. */
@Injectable()
export class FindPatients {
  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
    private readonly project: ProjectHistory,
    private readonly views: DataSource,
    private readonly identities: Identities,
  ) {}

  /** Those with keys, and those that were forgotten; none where nobody is known. */
  async find(which: WhichPatient): Promise<readonly PatientReport[]> {
    await this.project.through((await this.log.head()).position);
    const reports = await Promise.all((await this.known(which)).map((patient) => this.report(patient)));
    return reports.filter(({ keys, series, forgottenAt }) => keys + series.length > 0 || forgottenAt !== null);
  }

  private async known(which: WhichPatient): Promise<readonly KnownPatient[]> {
    const { patients } = this.identities;
    if ('patientId' in which && which.issuer === undefined) return patients.ofAnyIssuer(which.patientId);
    return [await patients.of(which as Subject)];
  }

  private async report({ pseudonym, keys }: KnownPatient): Promise<PatientReport> {
    const { state } = await this.commands.load(patientDecider, streamName.patient(pseudonym));
    const all = [...new Set([...keys, ...keysIn(state)])];
    const series = await this.seriesUnder(all);
    return {
      pseudonym,
      keys: keys.length,
      forgottenAt: state.forgotten?.at ?? null,
      series,
      otherSeriesOfStudies: await this.others(series),
    };
  }

  private async seriesUnder(keys: readonly string[]): Promise<readonly SeriesOfPatient[]> {
    const rows: Omit<SeriesOfPatient, 'objects'>[] = await this.views.query(
      `select series_instance_uid as "seriesInstanceUid", study_instance_uid as "studyInstanceUid", modality
       from view.series where series_instance_uid in (
         select series_instance_uid from view.sealed_series where key = any($1::uuid[])) order by position`,
      [keys],
    );
    const found: SeriesOfPatient[] = [];
    for (const row of rows) {
      const events = await this.log.readStream(streamName.series(row.seriesInstanceUid));
      const jobs = await this.jobsOf(row.seriesInstanceUid);
      const objects = [...objectsUnder(keys, events), ...jobs.flatMap((job) => objectsOfJob(keys, job))];
      found.push({ ...row, objects: [...new Set(objects)] });
    }
    return found;
  }

  /** The events of each job that was given objects of a series. */
  private async jobsOf(series: string): Promise<readonly (readonly RecordedEvent[])[]> {
    const rows: { stream: string }[] = await this.views.query(
      "select stream from view.related_stream where series_instance_uid = $1 and starts_with(stream, 'job/') order by stream",
      [series],
    );
    return Promise.all(rows.map(({ stream }) => this.log.readStream(stream)));
  }

  private async others(series: readonly SeriesOfPatient[]): Promise<readonly string[]> {
    const rows: { uid: string }[] = await this.views.query(
      `select series_instance_uid as uid from view.series
       where study_instance_uid = any($1) and not series_instance_uid = any($2) order by position`,
      [
        series.map(({ studyInstanceUid }) => studyInstanceUid),
        series.map(({ seriesInstanceUid }) => seriesInstanceUid),
      ],
    );
    return rows.map(({ uid }) => uid);
  }
}

const keysIn = ({ erasure, forgotten }: PatientState): readonly string[] => [
  ...(erasure?.keys ?? []),
  ...(forgotten?.keys ?? []),
];
