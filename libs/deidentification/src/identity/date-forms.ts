const months = [
  'january', 'february', 'march', 'april', 'may', 'june',
  'july', 'august', 'september', 'october', 'november', 'december',
] as const; // prettier-ignore

/** How people write a date of DICOM (`YYYYMMDD`), in lower case; nothing where it is none. */
export const dateForms = (date: string): readonly string[] => {
  const [, year, month, day] = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(date) ?? [];
  if (year === undefined || month === undefined || day === undefined) return [];
  const [m, d, yy] = [String(Number(month)), String(Number(day)), year.slice(2)];
  const name = months[Number(month) - 1] ?? month;
  const short = name.slice(0, 3);
  const separated = ['.', '/', '-', ' '].flatMap((by) => [
    [year, month, day].join(by),
    ...[year, yy].flatMap((y) => [
      [day, month, y].join(by),
      [month, day, y].join(by),
      [d, m, y].join(by),
      [m, d, y].join(by),
    ]),
  ]);
  const named = [name, short].flatMap((word) =>
    [d, day].flatMap((number) => [
      `${number} ${word} ${year}`,
      `${number}. ${word} ${year}`,
      `${number}-${word}-${year}`,
      `${word} ${number}, ${year}`,
      `${word} ${number} ${year}`,
    ]),
  );
  const japanese = [`${year}年${m}月${d}日`, `${year}年${month}月${day}日`];
  return [
    `${year}${month}${day}`,
    `${day}${month}${year}`,
    `${month}${day}${year}`,
    ...separated,
    ...named,
    ...japanese,
  ];
};
