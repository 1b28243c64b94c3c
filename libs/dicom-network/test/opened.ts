const opened: (() => unknown)[] = [];

/** Notes how something is closed that a test opened. */
export const closeLater = (close: () => unknown): void => void opened.push(close);

/** Closes what was opened; for `afterEach`. */
export const closeOpened = async (): Promise<void> => {
  await Promise.all(opened.splice(0).map((close) => close()));
};
