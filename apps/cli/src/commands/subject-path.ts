/** Where the API has what is asked for: a series by its UID, the configuration, or a stream such as `delivery/<id>`. */
export const subjectPath = (subject: string): string => {
  if (subject === 'configuration') return 'api/configuration';
  const path = subject.split('/').map(encodeURIComponent).join('/');
  return subject.includes('/') ? `api/streams/${path}` : `api/series/${path}`;
};
