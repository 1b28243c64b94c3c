import { runService } from '@waystation/service';
import { DispatchModule } from './dispatch.module.js';

await runService('dispatch', DispatchModule, { opensIdentities: 'where-there-is-a-key' });
