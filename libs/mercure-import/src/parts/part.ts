import type { Fate, ImportItem } from './import-item.js';
import { nodesOf, pathText, type Path } from './nodes-of.js';

/** A place in mercure.json: what stands there, and what is told of it. What is told of a place holds for all in it. */
export class Part {
  private constructor(
    private readonly path: Path,
    /** What stands there; undefined where nothing does. */
    readonly value: unknown,
    private readonly told: Map<string, Fate>,
  ) {}

  /** The top of a document of which nothing is told yet. */
  static whole(document: unknown): Part {
    return new Part([], document, new Map());
  }

  /** The last key on the way here. */
  get name(): string {
    return String(this.path.at(-1) ?? '');
  }

  /** Whether nothing stands here: no value, null, an empty text, list or object. */
  get isEmpty(): boolean {
    const { value } = this;
    if (value === undefined || value === null || value === '') return true;
    return typeof value === 'object' && Object.keys(value).length === 0;
  }

  /** What stands below, in order: the values of an object or a list; none of anything else. */
  get parts(): readonly Part[] {
    const { value } = this;
    if (Array.isArray(value)) return value.map((_item, index) => this.at(index));
    return typeof value === 'object' && value !== null ? Object.keys(value).map((key) => this.at(key)) : [];
  }

  /** A place below. */
  at(key: string | number): Part {
    const { value } = this;
    const below: unknown =
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Readonly<Record<string | number, unknown>>)[key]
        : undefined;
    return new Part([...this.path, key], below, this.told);
  }

  /** It means the same in Waystation. As the two that follow, it holds for whatever nothing is told of yet. */
  taken(reason: string): void {
    this.tell({ outcome: 'taken', reason }, false);
  }

  /** It is taken over with a difference. */
  changed(reason: string): void {
    this.tell({ outcome: 'changed', reason }, false);
  }

  /** It is left out. */
  notTaken(reason: string): void {
    this.tell({ outcome: 'not-taken', reason }, false);
  }

  /** Something about the whole of it, such as another name, beside what is told of what is in it. */
  noted(reason: string): void {
    this.told.set(JSON.stringify(this.path), { outcome: 'changed', reason });
  }

  /** It is left out after all, whatever was told of it before. */
  droppedAfterAll(reason: string): void {
    this.tell({ outcome: 'not-taken', reason }, true);
  }

  /** It is taken over with a difference, whatever was told of it before. */
  changedAfterAll(reason: string): void {
    this.tell({ outcome: 'changed', reason }, true);
  }

  /** What was told of every value in here, in the order of the document; what nothing was told of is not there. */
  get items(): readonly ImportItem[] {
    return nodesOf(this.value, this.path).flatMap(({ path }) => {
      const fate = this.told.get(JSON.stringify(path));
      return fate === undefined ? [] : [{ path: pathText(path), ...fate }];
    });
  }

  private tell(fate: Fate, again: boolean): void {
    if (this.value === undefined) return;
    for (const { path, isLeaf } of nodesOf(this.value, this.path)) {
      const key = JSON.stringify(path);
      if (this.told.has(key) ? again : isLeaf) this.told.set(key, fate);
    }
  }
}
