import { setting } from './setting.js';
import { kind } from './setting-kinds.js';

/** Settings of containers: where they run, and what of this machine they may see. */
export const containersTable = {
  containersEngine: setting('containers.engine', 'CONTAINERS_ENGINE', kind.engineUrl, {
    doc:
      'The container engine (Docker 20.10 or later, Podman 4 or later) that runs modules: its socket, or `http://host:port`. Whoever ' +
      'reaches an engine is root where it runs. Or Kubernetes: `kubernetes://NAMESPACE/CLAIM` runs them as Jobs of that namespace, ' +
      'with the volume of that claim, which is `containers.folder` here; `?gpu=nvidia.com/gpu&runtimeClass=NAME` may follow.',
    fallback: 'unix:///var/run/docker.sock',
  }),
  containersFolder: setting('containers.folder', 'CONTAINERS_FOLDER', kind.path, {
    doc:
      'Folder of the input and output of containers while they run, and of what modules keep between jobs. The engine has to see ' +
      'it at the same path; on Kubernetes it is where the shared volume is mounted.',
    otherwise: '`containers` in the data folder',
  }),
  containersBinds: setting('containers.binds', 'CONTAINERS_BINDS', kind.absolutePaths, {
    doc: 'Folders of this machine that modules may ask for, everything below them included.',
    otherwise: 'none',
  }),
  containersRoot: setting('containers.root', 'CONTAINERS_ROOT', kind.oneOf('refuse', 'allow'), {
    doc: 'Whether a module may run as root inside of its container.',
    fallback: 'refuse',
  }),
} as const;
