export { ContainerProcessingModule } from './container-processing.module.js';
