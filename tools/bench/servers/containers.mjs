// The container engine of the tests, with an image whose program says nothing and ends. Says where the engine listens and what the image is called.
import { runnerImport } from 'vite';

const load = async (path) => {
  const { pathname } = new URL(`../../../test/${path}`, import.meta.url);
  return (await runnerImport(pathname, { configFile: false, logLevel: 'error' })).module;
};
const { findContainerEngine } = await load('services/podman.ts');
const { buildBusyboxImage } = await load('harness/container-images.ts');

const url = await findContainerEngine();
process.env.WAYSTATION_TEST_CONTAINERS_URL = url;
const script = '#!/bin/sh\necho "{}" > "${MERCURE_OUT_DIR:-/tmp}/result.json"\n';
const image = await buildBusyboxImage('bench:1', { 'run.sh': script }, ['CMD ["/run.sh"]']);
// An engine of our own goes with this process, and all that it keeps.
process.on('disconnect', () => process.exit(0));
process.send({ url, image });
