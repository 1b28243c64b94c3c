import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { loadSettings } from './load-settings.js';
import { SETTINGS, SettingsModule } from './settings-module.js';
import type { Settings } from './settings.js';

class FeatureModule {}
Module({ providers: [{ provide: 'reader', useFactory: (settings: Settings) => settings.name, inject: [SETTINGS] }] })(
  FeatureModule,
);
class AppModule {}

describe('SettingsModule', () => {
  it('gives the settings to modules that do not import it', async () => {
    const settings = loadSettings({ env: { WAYSTATION_NAME: 'north' }, folder: '/nowhere' });
    Module({ imports: [SettingsModule.forRoot(settings), FeatureModule] })(AppModule);
    const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
    expect(app.get(SETTINGS)).toBe(settings);
    expect(app.get('reader', { strict: false })).toBe('north');
    await app.close();
  });
});
