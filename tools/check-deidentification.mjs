#!/usr/bin/env node
import { spawnSync } from 'node:child_process';

const objects = process.argv[2] ?? '10000';
if (!/^[1-9]\d{0,6}$/.test(objects)) {
  console.error(`npm run check:deidentification: expected how many objects, found ${objects}`);
  process.exit(2);
}
const spec = 'libs/deidentification/src/deidentify/planted-identity.property.spec.ts';
const env = { ...process.env, WAYSTATION_PLANTED_OBJECTS: objects, WAYSTATION_TEST_SERVICES: 'none' };
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'unit', spec], { env, stdio: 'inherit' });
process.exit(status ?? 1);
