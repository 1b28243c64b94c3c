import { runService } from '@waystation/service';
import { ContainerProcessingModule } from './container-processing.module.js';

await runService('processing', ContainerProcessingModule);
