import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

// Workspace packages are read from their sources: tests need no build.
const conditions = ['@waystation/source', 'module', 'node', 'development|production'];
const project = (name: string, include: string[], more: object = {}) => ({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    name,
    include,
    exclude: ['**/node_modules/**', '**/dist/**', ...(name === 'unit' ? ['**/*.int.spec.ts'] : [])],
    // Without a process for each file: they leave nothing behind that others see, and importing took longer than testing.
    isolate: false,
    ...more,
  },
});

// Whole-system tests start the real programs and mostly wait: for quiet periods, and for what was killed.
const patient = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  // Global setup runs outside the projects and reads sources, too.
  environments: { __vitest__: { resolve: { conditions } } },
  test: {
    reporters: ['default'],
    globalSetup: process.env['WAYSTATION_TEST_SERVICES'] === 'none' ? [] : ['./test/services/global-setup.ts'],
    // More than there are cores: most tests wait for what they started.
    maxWorkers: 4,
    projects: [
      project('unit', ['{apps,libs}/*/src/**/*.spec.ts', 'test/architecture/**/*.spec.ts'], { testTimeout: 60_000 }),
      project('integration', ['{apps,libs}/*/src/**/*.int.spec.ts'], { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('journeys', ['test/journeys/**/*.spec.ts'], patient),
      project('failures', ['test/failures/**/*.spec.ts'], patient),
    ].filter((p) => existsSync(`test/${p.test.name}`) || ['unit', 'integration'].includes(p.test.name)),
  },
});
