/** What `sockaddr_un` holds on every Unix, with the zero behind it. */
const LONGEST_PATH = 103;
const NAME = '.s.PGSQL.65535.lock';

/**
 * Where the server's Unix socket goes: into its data folder, which nobody else may enter. Undefined where the path would be too
 * long for a socket, or where there are none.
 */
export const socketFolderOf = (dataFolder: string, platform: string = process.platform): string | undefined =>
  platform !== 'win32' && !dataFolder.includes(',') && Buffer.byteLength(`${dataFolder}/${NAME}`) <= LONGEST_PATH
    ? dataFolder
    : undefined;
