/**
 * A data set as dcmjs naturalizes it: values by the keyword of PS3.6, several values as a list, sequences as lists of data
 * sets, `_vrMap` for elements with more than one possible value representation and `_meta` for the file meta information.
 * Elements that PS3.6 does not name, private ones, are `{ vr, Value }` by their tag: `00091001`.
 */
export type DicomDataset = Record<string, unknown>;
