import type { ContainerContract } from '../contract/container-contract.js';

const [inputFolder, outputFolder, persistenceFolder] = ['/tmp/data', '/tmp/output', '/tmp/persistence'] as const;

/**
 * That of mercure 0.4: everything in one folder, `task.json` with the settings, results in another, `result.json` where there
 * is something to say. Modules may move files of their input, as they may there.
 */
export const mercureContract: ContainerContract = {
  inputFolder,
  outputFolder,
  persistenceFolder,
  describesInput: true,
  inputReadOnly: false,
  environment: ({ persistence }) => ({
    MERCURE_IN_DIR: inputFolder,
    MERCURE_OUT_DIR: outputFolder,
    MONAI_INPUTPATH: inputFolder,
    MONAI_OUTPUTPATH: outputFolder,
    HOLOSCAN_INPUT_PATH: inputFolder,
    HOLOSCAN_OUTPUT_PATH: outputFolder,
    // The root of the file system is read-only, and the user has no home in most images.
    HOME: '/tmp',
    ...(persistence ? { MODULE_PERSISTENCE_DIR: persistenceFolder } : {}),
  }),
};
