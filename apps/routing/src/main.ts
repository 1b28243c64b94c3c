import { runService } from '@waystation/service';
import { RoutingModule } from './routing.module.js';

await runService('routing', RoutingModule);
