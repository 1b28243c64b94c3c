import { randomUUID } from 'node:crypto';
import { configurationDecider, seriesDecider, type KnownSeries } from '@waystation/domain';
import { CommandHandler, EventLog, migrate } from '@waystation/event-log';
import { ConfigurationDocument, SeriesRouted, streamName, type NewEvent, type RecordedEvent } from '@waystation/events';
import type { Identities } from '@waystation/identity';
import { createLogger } from '@waystation/observability';
import { exampleSeries, exampleStudy } from '@waystation/testing';
import pg from 'pg';
import { CollectStudyWhenRouted } from '../src/collect-study/collect-study-when-routed.js';
import { CompleteStudyWhenDue } from '../src/complete-study/complete-study-when-due.js';
import { RouteStudyWhenCompleted } from '../src/route-study/route-study-when-completed.js';

/** What one process of routing does about studies. */
export interface Router {
  readonly log: EventLog;
  readonly commands: CommandHandler;
  readonly collect: CollectStudyWhenRouted;
  readonly complete: CompleteStudyWhenDue;
  readonly route: RouteStudyWhenCompleted;
}

const noIdentities = { open: async () => ({}), openAll: async () => [] } as unknown as Identities;

/** Several routers on one log of their own. */
export class Routers {
  private constructor(
    readonly all: readonly Router[],
    private readonly server: pg.Client,
    private readonly database: string,
  ) {}

  static async start(count: number): Promise<Routers> {
    const server = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL']);
    await server.connect();
    const database = `studies_${randomUUID().replaceAll('-', '')}`;
    await server.query(`create database ${database}`);
    const url = new URL(process.env['WAYSTATION_TEST_POSTGRES_URL'] ?? '');
    url.pathname = `/${database}`;
    await migrate(url.href);
    const logger = createLogger({ service: 'routing', level: 'error', format: 'text' });
    const all: Router[] = [];
    for (let index = 0; index < count; index++) {
      const log = await EventLog.open({ url: url.href, applicationName: `router-${index}` });
      const commands = new CommandHandler(log, 'routing');
      const complete = new CompleteStudyWhenDue(log, commands, logger);
      complete.onApplicationBootstrap();
      all.push({
        log,
        commands,
        complete,
        collect: new CollectStudyWhenRouted(log, commands),
        route: new RouteStudyWhenCompleted(log, commands, noIdentities),
      });
    }
    return new Routers(all, server, database);
  }

  /** The first. */
  get one(): Router {
    const [router] = this.all;
    if (router === undefined) throw new Error('there is no router');
    return router;
  }

  async publish(document: object): Promise<void> {
    await this.one.commands.handle(configurationDecider, streamName.configuration, {
      kind: 'publish-configuration',
      document: ConfigurationDocument.parse(document),
      author: 'test',
      reason: '',
      knownTags: [],
    });
  }

  /** An image more comes of a series of the study. */
  async receive(number: number): Promise<void> {
    const seriesInstanceUid = exampleStudy.seriesInstanceUid(number);
    const known = (await this.seriesState(number))?.instances.size ?? 0;
    const header = { ...exampleSeries.headerFromSender(1), SeriesDescription: `T${number}`, SeriesNumber: `${number}` };
    await this.write(streamName.series(seriesInstanceUid), [
      ...(known === 0 ? [exampleSeries.opened(1, { seriesInstanceUid, header })] : []),
      exampleSeries.stored(known + 1),
    ]);
  }

  /** A series is complete and rules were asked about it. */
  async decide(number: number, studyRules: readonly string[]): Promise<RecordedEvent<SeriesRouted>> {
    const state = await this.seriesState(number);
    const revision = (state?.completions.length ?? 0) + 1;
    const recorded = await this.write(streamName.series(exampleStudy.seriesInstanceUid(number)), [
      exampleSeries.completed(revision, { instances: state?.instances.size ?? 0 }),
      exampleSeries.routed(revision, {
        outcome: 'routed',
        ...(studyRules.length > 0 && { studyRules: [...studyRules] }),
      }),
    ]);
    const routed = recorded.at(-1);
    if (routed?.type !== SeriesRouted.type) throw new Error('the series was not routed');
    return routed as RecordedEvent<SeriesRouted>;
  }

  /** Both, one after the other. */
  async revise(number: number, studyRules: readonly string[]): Promise<RecordedEvent<SeriesRouted>> {
    await this.receive(number);
    return this.decide(number, studyRules);
  }

  /** Appends to a stream whatever it holds. */
  async write(stream: string, events: readonly NewEvent[]): Promise<readonly RecordedEvent[]> {
    const { log } = this.one;
    return log.append({
      time: log.clock.estimate(),
      metadata: {},
      parts: [{ stream, expected: 'any', events: [...events] }],
    });
  }

  private async seriesState(number: number): Promise<KnownSeries | undefined> {
    const stream = streamName.series(exampleStudy.seriesInstanceUid(number));
    const { state } = await this.one.commands.load(seriesDecider, stream);
    return state.status === 'unknown' ? undefined : state;
  }

  async stop(): Promise<void> {
    for (const { complete, log } of this.all) {
      await complete.beforeApplicationShutdown();
      await log.close();
    }
    await this.server.query(`drop database ${this.database} with (force)`);
    await this.server.end();
  }
}
