import { configurationDecider } from '@waystation/domain';
import { ConfigurationDocument, ConfigurationPublished, streamName, type RecordedEvent } from '@waystation/events';
import { recorded } from '@waystation/testing';
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

/** A log with so many versions, that counts what is read of it. */
const logWith = (versions: number) => {
  const log = {
    isAway: false,
    read: 0,
    readStream: (_stream: string, { after = 0, through = versions } = {}) => {
      if (log.isAway) return Promise.reject(new Error('the database is away'));
      const events = Array.from({ length: versions }, (_, index) => published(index + 1)).slice(after, through);
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
    const log = logWith(30);
    const shifted = {
      readStream: (stream: string, { after = 0, through = 60 } = {}) =>
        log.readStream(stream, { after: Math.max(0, after - 25), through: Math.max(0, through - 25) }),
    };
    expect(await new ConfigurationVersions(shifted).of(3)).toMatchObject({ version: 3 });
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
