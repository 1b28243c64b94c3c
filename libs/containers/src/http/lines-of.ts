import { StringDecoder } from 'node:string_decoder';

/**
 * The lines of an answer, empty ones left out, as they come. Whoever stops asking for them ends the answer, and where it breaks off
 * they are told: `readline` does neither.
 */
export async function* linesOf(answer: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const piece of answer) {
    const lines = (rest + decoder.write(piece)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') yield rest;
}
