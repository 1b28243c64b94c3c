/**
 * The settings of the embedded server, as command line words. Everything that makes commits durable keeps its default.
 * Failed statements are not logged: their text may hold patients' names, and the client is told anyway.
 * @param socketFolder where its Unix socket is, beside the TCP port; none where it is left out
 */
export const serverSettings = (host: string, port: number, socketFolder = ''): readonly string[] =>
  Object.entries({
    listen_addresses: host,
    port: String(port),
    unix_socket_directories: socketFolder,
    max_connections: '300',
    shared_buffers: '128MB',
    log_min_messages: 'log',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
