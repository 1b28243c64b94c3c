#!/usr/bin/env node
import { existsSync } from 'node:fs';

const program = new URL('../dist/main.js', import.meta.url);
if (!existsSync(program)) {
  process.stderr.write('waystation is not built yet: run "npm start" or "npm run build" once\n');
  process.exit(1);
}
await import(program.href);
