const folders =
  'objects are in one store, wherever the setting WAYSTATION_OBJECTS says, and not in a folder for each state';
const polling = 'nothing looks through folders here: services are told of events as they happen';
const metrics = 'counters are read from /metrics in the format of Prometheus and sent nowhere';
const bookkeeper = 'every service writes to the event log itself: there is no bookkeeper to talk to';

/** Keys of mercure.json for which the configuration has no place, and why. */
export const settingsNotTaken: ReadonlyMap<string, string> = new Map([
  ['appliance_name', 'an installation is named by the setting WAYSTATION_NAME, before its first start'],
  ['appliance_color', 'there is nothing that would have this color'],
  ['port', 'the port is a setting of the receiver: WAYSTATION_DICOM_PORT'],
  ['accept_compressed_images', 'objects are always taken as their sender offers them, compressed or not'],
  ...['incoming', 'studies', 'outgoing', 'success', 'error', 'discard', 'processing', 'jobs', 'persistence'].map(
    (state): [string, string] => [`${state}_folder`, folders],
  ),
  ...['router', 'dispatcher', 'cleaner'].map((service): [string, string] => [`${service}_scan_interval`, polling]),
  [
    'retention',
    'Waystation keeps every object until retention of the configuration says otherwise; mercure deletes what it has sent or discarded',
  ],
  ['emergency_clean_percentage', 'nothing is deleted where the disk is full: senders are refused, and send again'],
  ...['graphite_ip', 'graphite_port', 'influxdb_host', 'influxdb_token', 'influxdb_org', 'influxdb_bucket'].map(
    (key): [string, string] => [key, metrics],
  ),
  ['bookkeeper', bookkeeper],
  ['bookkeeper_api_key', bookkeeper],
  ['processing_logs', 'the log of every job is kept in the object store, and shown with its job'],
  ['features', 'there are no targets for trying out that could be switched on'],
  ['server_time', 'times are kept in UTC'],
  ['local_time', 'times are kept in UTC'],
  ['dicom_retrieve', 'Waystation does not query and retrieve yet'],
  ['store_sample_dicom_tags', 'the routing header of every object is in the log anyway'],
  ['users', 'users are not part of the configuration; see how access is guarded in docs/settings.md'],
]);
