import { runService } from '@waystation/service';
import { ControlModule } from './control.module.js';

await runService('control', ControlModule);
