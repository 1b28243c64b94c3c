import type { RebuildReport, RebuildStatus } from '@waystation/answers';
import type { EventLog, Office } from '@waystation/event-log';
import type { Identities } from '@waystation/identity';
import { CodedError, messageOf } from '@waystation/kernel';
import type { Logger } from '@waystation/service';
import type { DataSource } from 'typeorm';
import type { ProjectHistory } from '../project-history/project-history.js';
import { digestOf, projecting, reachedBy } from '../project-history/read-models.js';
import { Generation } from './generation.js';
import { Refill } from './refill.js';
import { statusOf } from './rebuild-status.js';

/** Who rebuilds, and who drops what a rebuild left behind. */
export const REBUILD_OFFICE = 'audit/rebuild';
/** Events that the read models in force may be ahead at the moment of the switch, when they stand still. */
const LAST_STRETCH = 1000;

/**
 * Derives everything again that is derived from the log: the read models in tables beside those in force, which answer and
 * are kept up to date until the new ones have caught up and take their place; and the timers. Nothing is sent and nothing
 * decided. Where it fails or its process dies, what is in force stays in force.
 */
export class Rebuild {
  private readonly stopping = new AbortController();
  private running: Promise<unknown> | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly views: DataSource,
    private readonly project: ProjectHistory,
    private readonly identities: Identities,
    private readonly databaseUrl: string,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  /**
   * Begins a rebuild and leaves it to itself.
   * @throws CodedError `rebuild.already-running`, here or in another process
   */
  async start(): Promise<RebuildStatus> {
    const { generation, done } = await this.begin();
    done.catch((error: unknown) => this.logger.warn(`the rebuild was abandoned: ${messageOf(error)}`));
    return statusOf(this.views, generation.number);
  }

  /** Rebuilds. @throws CodedError `rebuild.already-running`, and whatever keeps it from coming to its end */
  async run(): Promise<RebuildReport> {
    const { done } = await this.begin();
    return done;
  }

  /** Ends a rebuild that is under way; the read models in force stay so. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort(new CodedError('rebuild.stopped', 'the service was stopped'));
    await this.running?.catch(() => undefined);
  }

  private async begin(): Promise<{ generation: Generation; done: Promise<RebuildReport> }> {
    const office = await this.log.checkpoints.take(REBUILD_OFFICE);
    if (office === undefined)
      throw new CodedError(
        'rebuild.already-running',
        'a rebuild is under way; `waystation rebuild --status` tells how far',
      );
    try {
      const { position } = await this.log.head();
      const generation = await Generation.begin(this.views, this.databaseUrl, position);
      const done = this.finish(generation, office, position);
      this.running = done;
      return { generation, done };
    } catch (error) {
      await office.giveBack();
      throw error;
    }
  }

  private async finish(generation: Generation, office: Office, head: number): Promise<RebuildReport> {
    const signal = AbortSignal.any([office.lost, this.stopping.signal]);
    try {
      const report = await this.derive(generation, new Refill(this.log, generation, this.identities, signal), head);
      // What cannot be dropped now, or in the catch below, is left to the next sweep.
      await generation.dropReplaced().catch(() => undefined);
      return report;
    } catch (error) {
      await generation.abandon(messageOf(error)).catch(() => undefined);
      throw error;
    } finally {
      await generation.close();
      await office.giveBack();
    }
  }

  private async derive(generation: Generation, refill: Refill, head: number): Promise<RebuildReport> {
    const startedAt = performance.now();
    await refill.through(head);
    // Where their checkpoint was lost, too, those in force are behind.
    await this.project.through(refill.reached);
    const before = await this.compared();
    await refill.through(before.position);
    const digestAfter = await generation.digest();
    for (let ahead = await this.ahead(refill); ahead > LAST_STRETCH; ahead = await this.ahead(refill))
      await refill.through(refill.reached + ahead);
    await this.log.timers.replaceAll(refill.due.timers(), { through: refill.reached });
    const timers = refill.due.size;
    return projecting(this.views, async (manager, reached) => {
      await refill.through(reached);
      const durationMs = Math.round(performance.now() - startedAt);
      const equal = before.digestBefore === digestAfter;
      const report = { ...before, digestAfter, equal, timers, durationMs };
      await generation.takeOver(manager, report);
      return report;
    });
  }

  /** The digest of the read models in force, and the position it is about: both of one moment. */
  private compared(): Promise<Pick<RebuildReport, 'position' | 'digestBefore'>> {
    return this.views.transaction('REPEATABLE READ', async (manager) => ({
      position: await reachedBy(manager),
      digestBefore: await digestOf(manager),
    }));
  }

  private async ahead({ reached }: Refill): Promise<number> {
    return (await reachedBy(this.views.manager)) - reached;
  }
}
