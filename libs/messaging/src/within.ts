/** Waits until the work is done or has failed, or `milliseconds` are over, whatever comes first. Never rejects. */
export const within = async (milliseconds: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  const done = work.then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([done, over]);
  clearTimeout(timer);
};
