/** dcmjs, once somebody needs it: with its dictionary it costs more memory than all the rest of a worker. */
export const loadDcmjs = async () => {
  const { default: dcmjs } = await import('dcmjs');
  // It says on the console what it finds in data sets, values included.
  dcmjs.log.setLevel('silent');
  return dcmjs.data;
};
