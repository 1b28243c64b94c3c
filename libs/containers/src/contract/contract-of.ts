import type { ContainerModule } from '@waystation/events';
import { mercureContract } from '../mercure/mercure-contract.js';
import { monaiContract } from '../monai/monai-contract.js';
import type { ContainerContract } from './container-contract.js';

const contracts: Readonly<Record<ContainerModule['contract'], ContainerContract>> = {
  mercure: mercureContract,
  monai: monaiContract,
};

/** The contract that a module was written for. */
export const contractOf = ({ contract }: Pick<ContainerModule, 'contract'>): ContainerContract => contracts[contract];
