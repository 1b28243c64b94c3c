import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { derivedUid, ProcessingModule, runProcessingApp } from '@waystation/module-sdk';
import { z } from 'zod';

/** Makes half of its output, says so, and makes the rest once a file is there: there is time to do something to it. */
class WaitingApp {
  async process({ instances }, output, { settings, progress, signal }) {
    const make = async (instance) => {
      const dataset = await instance.dataset();
      dataset.SOPInstanceUID = derivedUid('waiting', instance.sopInstanceUid);
      await output.addInstance(dataset, { from: [instance.sopInstanceUid] });
    };
    const half = Math.ceil(instances.length / 2);
    for (const instance of instances.slice(0, half)) await make(instance);
    progress(0.5, 'half of it is made');
    while (!existsSync(settings.gate)) await delay(50, undefined, { signal });
    for (const instance of instances.slice(half)) await make(instance);
    output.setResult({ made: instances.length });
  }
}

ProcessingModule({ name: 'waiting', version: '1.0.0', settings: z.strictObject({ gate: z.string() }) })(WaitingApp);
await runProcessingApp(WaitingApp);
