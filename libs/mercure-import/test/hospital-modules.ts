import { secret } from './secret.js';

/** Modules of a mercure, with everything that can be said and some things that cannot. */
export const modules = {
  anonymizer: {
    docker_tag: 'a/b:1',
    environment: `{"KEY": "${secret('environment')}", "MODE": "fast", "THREADS": 4, "MERCURE_IN_DIR": "/x"}`,
    settings: { x: 1 },
    requires_root: false,
    contact: 'physics@hospital.example',
    comment: 'as in 2024',
    additional_volumes:
      '{"/opt/mercure/processor_volumes/models": {"bind": "/models", "mode": "ro"}, "cache": {"bind": "/c"}}',
    docker_arguments:
      '{"mem_limit": "6g", "nano_cpus": 4000000000, "runtime": "nvidia", "privileged": true, "cap_drop": ["ALL"], "command": "run --mode \'very fast\'"}',
  },
  'Kompressor (neu)': {
    docker_tag: `registry.example/compress@sha256:${'0'.repeat(64)}`,
    environment: 'not json',
    requires_root: true,
    requires_persistence: true,
    persistence_folder_name: 'compress',
    network_enabled: true,
    constraints: 'constraint { attribute = "${attr.kernel.name}" }',
    resources: 'resources { memory = 9000 }',
    own_key: 7,
  },
  nodules: { docker_tag: 'n/n:2', docker_arguments: '{"entrypoint": "/bin/sh"}' },
  empty: { docker_tag: '' },
};
