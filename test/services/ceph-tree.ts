import { unpackDebianPackages } from './debian-packages.js';

/** The gateway and the two daemons below it, unpacked; returns the root of the tree. */
export const unpackCeph = async (): Promise<string> =>
  unpackDebianPackages({ name: 'ceph', packages: ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-base', 'ceph-common'] });
