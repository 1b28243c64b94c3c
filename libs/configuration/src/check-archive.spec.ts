import { describe, expect, it } from 'vitest';
import { loadSettings } from './load-settings.js';

const load = (env: Readonly<Record<string, string>>) => () => loadSettings({ env, folder: '/nowhere' }).archive;

describe('Settings of the archive', () => {
  it('are ages in days, each from the one before on', () => {
    expect(load({})()).toEqual({
      segmentEvents: 10_000_000,
      afterDays: undefined,
      detachAfterDays: undefined,
      dropAfterDays: undefined,
    });
    const ages = {
      WAYSTATION_ARCHIVE_AFTER_DAYS: '30',
      WAYSTATION_ARCHIVE_DETACH_AFTER_DAYS: '90',
      WAYSTATION_ARCHIVE_DROP_AFTER_DAYS: '90',
    };
    expect(load(ages)()).toMatchObject({ afterDays: 30, detachAfterDays: 90, dropAfterDays: 90 });
  });

  it('are refused where a segment would go before it has a copy', () => {
    expect(load({ WAYSTATION_ARCHIVE_DETACH_AFTER_DAYS: '90' })).toThrow(
      'archive.detachAfterDays (WAYSTATION_ARCHIVE_DETACH_AFTER_DAYS) is 90, and archive.afterDays is none',
    );
    const early = { WAYSTATION_ARCHIVE_AFTER_DAYS: '30', WAYSTATION_ARCHIVE_DETACH_AFTER_DAYS: '7' };
    expect(load(early)).toThrow(/is 7: expected at least 30, as archive.afterDays is/);
    expect(load({ WAYSTATION_ARCHIVE_DROP_AFTER_DAYS: '7' })).toThrow(/archive.detachAfterDays is none/);
    expect(load({ WAYSTATION_ARCHIVE_AFTER_DAYS: '0' })).toThrow(/expected `none` or whole days from 1 to 36500/);
  });
});
