import type { ContainerContract } from '../contract/container-contract.js';

const [inputFolder, outputFolder, persistenceFolder] = ['/var/monai/input', '/var/monai/output', '/tmp/persistence'];

/**
 * That of the MONAI Application Package (specification 1.0, "Environment Variables"), by the names of MONAI Deploy and by
 * those of Holoscan, which took it over. Models lie where the specification puts them.
 */
export const monaiContract: ContainerContract = {
  inputFolder,
  outputFolder,
  persistenceFolder,
  describesInput: false,
  inputReadOnly: true,
  environment: ({ persistence, timeoutSeconds }) => ({
    MONAI_INPUTPATH: inputFolder,
    MONAI_OUTPUTPATH: outputFolder,
    MONAI_MODELPATH: '/opt/monai/models',
    MONAI_WORKDIR: '/tmp',
    MONAI_TIMEOUT: String(Math.ceil(timeoutSeconds)),
    HOLOSCAN_INPUT_PATH: inputFolder,
    HOLOSCAN_OUTPUT_PATH: outputFolder,
    HOLOSCAN_MODEL_PATH: '/opt/holoscan/models',
    HOLOSCAN_WORKDIR: '/tmp',
    HOLOSCAN_TIMEOUT: String(Math.ceil(timeoutSeconds)),
    HOME: '/tmp',
    ...(persistence ? { MODULE_PERSISTENCE_DIR: persistenceFolder } : {}),
  }),
};
