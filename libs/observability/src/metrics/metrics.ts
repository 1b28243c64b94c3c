import { CodedError } from '@waystation/kernel';
import { Counter } from './counter.js';
import { Gauge, type Reading } from './gauge.js';
import { Histogram } from './histogram.js';

interface Registered {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly metric: Counter | Gauge | Histogram;
}

/** Media type of what {@link Metrics.expose} returns. */
export const metricsContentType = 'text/plain; version=0.0.4; charset=utf-8';

/** All metrics of a process, in the text format of Prometheus 0.0.4. Asking for a name again gives the same metric. */
export class Metrics {
  private readonly registered = new Map<string, Registered>();

  counter(name: string, help: string): Counter {
    return this.register(name, help, 'counter', Counter, () => new Counter());
  }

  /** @param collect reads the gauge whenever somebody asks; where it fails, the gauge is left out of that answer */
  gauge(name: string, help: string, collect?: () => Promise<readonly Reading[]> | readonly Reading[]): Gauge {
    return this.register(name, help, 'gauge', Gauge, () => new Gauge(collect));
  }

  histogram(name: string, help: string, bounds: readonly number[]): Histogram {
    return this.register(name, help, 'histogram', Histogram, () => new Histogram(bounds));
  }

  /** The answer to `GET /metrics`. */
  async expose(): Promise<string> {
    const blocks = await Promise.all(
      [...this.registered].map(async ([name, { type, help, metric }]) => {
        const lines = await Promise.resolve(metric.lines(name)).catch(() => []);
        return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n');
      }),
    );
    return blocks.map((block) => `${block}\n`).join('');
  }

  private register<Metric extends Counter | Gauge | Histogram>(
    name: string,
    help: string,
    type: Registered['type'],
    kind: abstract new (...parameters: never) => Metric,
    make: () => Metric,
  ): Metric {
    const known = this.registered.get(name)?.metric;
    if (known instanceof kind) return known;
    if (known || !/^[a-z][a-z0-9_]*$/.test(name))
      throw new CodedError(
        'metrics.invalid-name',
        `metric ${JSON.stringify(name)}: expected lower-case letters, digits and underscores, and one type for each name`,
      );
    const metric = make();
    this.registered.set(name, { type, help: help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n'), metric });
    return metric;
  }
}
