/** What an answer says of why it refuses: the `message` of its JSON, or its text. */
export const reasonIn = (text: string): string => {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    return typeof message === 'string' ? message : text.slice(0, 500);
  } catch {
    return text.slice(0, 500);
  }
};
