import { configurationDecider } from '@waystation/domain';
import { ConfigurationDocument, ConfigurationPublished, streamName, type RecordedEvent } from '@waystation/events';
import { exampleSeries, recorded } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { ConfigurationVersions } from './configuration-versions.js';

const published = (version: number): RecordedEvent =>
  recorded(
    ConfigurationPublished.of({
      version,
      sha256: 'a'.repeat(64),
      document: ConfigurationDocument.parse({ completion: { quietPeriodSeconds: version } }),
      author: 'r.huber',
      reason: '',
    }),
    { stream: streamName.configuration, position: version, sequence: version },
  );

/** A log with so many versions behind some other events, that counts what is read of it. */
const logWith = (versions: number, others = 0) => {
  const stream = [
    ...Array.from({ length: others }, () => recorded(exampleSeries.stored(1))),
    ...Array.from({ length: versions }, (_, index) => published(index + 1)),
  ];
  const log = {
    isAway: false,
    read: 0,
    readStream: (_stream: string, { after = 0, through = stream.length } = {}) => {
      if (log.isAway) return Promise.reject(new Error('the database is away'));
      const events = stream.slice(after, through);
      log.read += events.length;
      return Promise.resolve(events);
    },
  };
  return log;
};

describe('configuration versions', () => {
  it('tells what a version said without reading those before it', async () => {
    const log = logWith(1000);
    const versions = new ConfigurationVersions(log);
    expect(await versions.of(500)).toMatchObject({
      version: 500,
      document: { completion: { quietPeriodSeconds: 500 } },
    });
    await versions.of(500);
    expect(log.read).toBe(1);
  });

  it('knows what holds before anything was published', async () => {
    expect(await new ConfigurationVersions(logWith(3)).of(0)).toEqual(configurationDecider.initial);
  });

  it('names a version that there is not', async () => {
    await expect(new ConfigurationVersions(logWith(3)).of(4)).rejects.toMatchObject({
      code: 'configuration.unknown-version',
    });
  });

  it('finds the events of versions once each, in their order', async () => {
    const events = await new ConfigurationVersions(logWith(9)).events([7, 2, 0, 7, 12]);
    expect(events.map(({ data }) => data.version)).toEqual([2, 7]);
  });

  it('finds a version behind events that are none', async () => {
    const versions = new ConfigurationVersions(logWith(30, 25));
    expect(await versions.of(3)).toMatchObject({ version: 3 });
    await expect(versions.of(31)).rejects.toMatchObject({ code: 'configuration.unknown-version' });
  });

  it('asks again where the log was away', async () => {
    const log = logWith(3);
    const versions = new ConfigurationVersions(log);
    log.isAway = true;
    await expect(versions.of(2)).rejects.toThrow('away');
    log.isAway = false;
    expect(await versions.of(2)).toMatchObject({ version: 2 });
  });
});
