import type { SeriesLine } from '@waystation/answers';
import { Identities } from '@waystation/identity';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SeriesView } from '../project-history/series.view.js';
import { seriesLines } from './series-line.js';
import { whereSeries, type PatientSearch } from './series-query.js';

/** Finds series, also by who the patient is: by keyed hashes, since no name and no Patient ID is kept in clear. */
@Injectable()
export class FindSeries {
  constructor(
    private readonly views: DataSource,
    private readonly identities: Identities,
  ) {}

  /** The series with the newest event first. */
  async find(search: PatientSearch): Promise<readonly SeriesLine<Date>[]> {
    const lines = this.views
      .getRepository(SeriesView)
      .createQueryBuilder('series')
      .where(whereSeries(search))
      .orderBy('series.position', 'DESC')
      .take(search.limit);
    if (search.patientId !== undefined)
      lines.andWhere(
        'series.series_instance_uid in (select series_instance_uid from view.sealed_series where key = any(:keys))',
        { keys: await this.keysOf(search.patientId, search.issuer) },
      );
    if (search.patientName !== undefined) {
      const tokens = this.identities.index.nameTokensOf(search.patientName);
      lines.andWhere(
        `series.series_instance_uid in (select series_instance_uid from view.name_token where token = any(:tokens)
           group by series_instance_uid, key having count(*) = :words)`,
        { tokens, words: tokens.length },
      );
    }
    return seriesLines(this.identities, await lines.getMany());
  }

  private async keysOf(patientId: string, issuer: string | undefined): Promise<readonly string[]> {
    const { patients } = this.identities;
    if (issuer !== undefined) return (await patients.of({ patientId, issuer })).keys;
    return (await patients.ofAnyIssuer(patientId)).flatMap(({ keys }) => keys);
  }
}
