import { ProcessingModule } from '../../../libs/module-sdk/dist/index.js';
import { z } from 'zod';

/** As an author writes it, with the decorator called by hand. */
class Empty {
  process(_input, output) {
    output.setResult({});
  }
}
ProcessingModule({ name: 'app', version: '1.0.0', settings: z.object({}) })(Empty);

class Reading {
  async process(input, output) {
    for (const instance of input.instances) {
      const { Rows } = await instance.dataset();
      output.setResult({ Rows });
    }
  }
}
ProcessingModule({ name: 'app-dcmjs', version: '1.0.0', settings: z.object({}) })(Reading);

export const apps = [Empty, Reading];
