const word = /(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/gs;
const piece = /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"|([^\s'"\\]+)/gs;

/** The words of a command as a shell would take them apart; undefined where a quote is never closed. */
export const splitCommand = (command: string): readonly string[] | undefined => {
  if (command.replaceAll(word, '').trim() !== '') return undefined;
  return (command.match(word) ?? []).map((one) =>
    one.replaceAll(
      piece,
      (_all, escaped?: string, single?: string, double?: string, plain?: string) =>
        escaped ?? single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? plain ?? '',
    ),
  );
};
