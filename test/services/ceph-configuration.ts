export interface CephPlace {
  readonly folder: string;
  readonly libraries: string;
  readonly clusterId: string;
  readonly monitorPort: number;
  readonly s3Port: number;
}

/**
 * A cluster of one monitor, one object daemon that keeps everything in memory, and one S3 gateway, on loopback. The short
 * intervals make it boot in a second instead of a minute.
 */
export const cephConfiguration = ({ folder, libraries, clusterId, monitorPort, s3Port }: CephPlace): string => `
[global]
fsid = ${clusterId}
mon host = v2:127.0.0.1:${monitorPort}/0
ms bind msgr1 = false
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = ${folder}/keyring
run dir = ${folder}
admin socket =
log file = ${folder}/$name.log
mon cluster log file = ${folder}/cluster.log
mon data = ${folder}/mon
osd data = ${folder}/osd
rgw data = ${folder}/rgw
paxos propose interval = 0.05
paxos min wait = 0.01
objecter tick interval = 0.2
mon client hunt interval = 0.3
mon tick interval = 1
mon allow pool size one = true
osd objectstore = memstore
memstore device bytes = 4G
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
plugin dir = ${libraries}/ceph
erasure code dir = ${libraries}/ceph/erasure-code
osd class dir = ${libraries}/rados-classes
[client.rgw.a]
rgw frontends = beast endpoint=127.0.0.1:${s3Port}
`;
