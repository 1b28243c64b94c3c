import { leavesOf } from './json-leaves.js';
import { TextShape } from './text-shape.js';

/** Shapes of one kind of text that are known at a time. */
const SHAPES = 4;
/** Texts that may be learned from before any was of a known shape. */
const FIRST_LESSONS = 32;
/** Texts of a known shape that pay for learning from one more. */
const PRICE = 16;

class Lessons {
  readonly shapes: TextShape[] = [];
  left = FIRST_LESSONS * PRICE;
}

/** Parses texts of JSON of which many are alike, as those of one type of event are: learns what they have in common. */
export class AlikeTexts {
  readonly #lessons = new Map<string, Lessons>();

  /** What JSON.parse says. @param kind of text; texts of one kind are often alike @throws SyntaxError */
  parse(kind: string, text: string): unknown {
    const lessons = this.#lessonsOf(kind);
    for (const shape of lessons.shapes) {
      const value = shape.read(text);
      if (value === undefined) continue;
      lessons.left += 1;
      return value;
    }
    const value = JSON.parse(text) as unknown;
    if (lessons.left >= PRICE) learn(lessons, text);
    return value;
  }

  #lessonsOf(kind: string): Lessons {
    const known = this.#lessons.get(kind);
    if (known) return known;
    const lessons = new Lessons();
    this.#lessons.set(kind, lessons);
    return lessons;
  }
}

const learn = (lessons: Lessons, text: string): void => {
  lessons.left -= PRICE;
  // Of its own, because whoever asked for the other may keep it.
  const value = JSON.parse(text) as object;
  const leaves = leavesOf(text, value);
  if (!leaves) return;
  const alike = lessons.shapes.find(({ skeleton }) => skeleton === leaves.skeleton);
  if (alike) alike.widen(leaves);
  else lessons.shapes.unshift(new TextShape(value, leaves));
  lessons.shapes.length = Math.min(lessons.shapes.length, SHAPES);
};
