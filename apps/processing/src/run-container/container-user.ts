/** Nobody's on this machine; images for users without privileges take it (distroless). */
const NOBODY = 65_532;

/**
 * Whom a container runs as, `uid:gid`: this service's own user, so that it may read and remove what the container writes;
 * where that is root, nobody.
 */
export const containerUser = (mayBeRoot: boolean): string => {
  if (mayBeRoot) return '0:0';
  const [uid = 0, gid = 0] = [process.getuid?.(), process.getgid?.()];
  return uid === 0 ? `${NOBODY}:${NOBODY}` : `${uid}:${gid}`;
};
