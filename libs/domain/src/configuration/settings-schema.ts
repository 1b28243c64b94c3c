import type { AppAnnounced } from '@waystation/events';
import { z } from 'zod';
import { innermostIssues, type FormIssue } from './innermost-issues.js';

/** Finds what is wrong with settings, by the key at their top that it is about; undefined where it is about none of them. */
export type FindWrongSettings = (settings: object) => readonly (FormIssue & { readonly key: string | undefined })[];

/** How the settings of an app are checked; undefined where nobody can, since its schema says more than is understood. */
export const settingsCheckOf = ({
  settings: schema,
}: Pick<AppAnnounced['data'], 'settings'>): FindWrongSettings | undefined => {
  if (schema === undefined) return undefined;
  try {
    const type = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
    return (settings) => issuesOf(type.safeParse(settings));
  } catch {
    return undefined;
  }
};

const issuesOf = ({ error }: ReturnType<z.ZodType['safeParse']>): ReturnType<FindWrongSettings> =>
  (error?.issues ?? []).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys' && issue.path.length === 0)
      return issue.keys.map((key) => ({ key, path: [key], message: 'the app has no such setting' }));
    return innermostIssues(issue).map(({ path, message }) => ({
      ...{ path, message },
      key: path[0] === undefined ? undefined : String(path[0]),
    }));
  });
