import { AppAnnounced } from '@waystation/events';
import { given } from '@waystation/testing';
import { describe, it } from 'vitest';
import { appDecider } from './app-decider.js';

const announced = { app: 'anonymizer', version: '1.0.0', settings: { type: 'object', required: ['secret'] } };
const announce = (data: AppAnnounced['data']) => ({ kind: 'announce-app', announced: data }) as const;

describe('a processing app', () => {
  it('is known once it has started', () => {
    given(appDecider)
      .when(announce(announced))
      .then([AppAnnounced.of(announced)])
      .thenState(announced)
      .thenDue(undefined);
  });

  it('says nothing new when it starts again', () => {
    const reordered = { version: '1.0.0', settings: { required: ['secret'], type: 'object' }, app: 'anonymizer' };
    given(appDecider, [AppAnnounced.of(announced)])
      .when(announce(reordered))
      .then([]);
  });

  it('says so where it is another version, or takes other settings', () => {
    const other = { ...announced, settings: { type: 'object' } };
    given(appDecider, [AppAnnounced.of(announced)])
      .when(announce(other))
      .then([AppAnnounced.of(other)]);
  });
});
