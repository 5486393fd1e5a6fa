export interface Box {
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

const LINE = 13;
const APART = 8;

/** Keeps words apart: a label takes the first height where it touches no other, or none. */
export class Labels {
  readonly #taken: Box[] = [];

  /** Reserves a place that nothing else may use. */
  reserve(left: number, right: number, y: number): void {
    this.#taken.push({ left, right, y });
  }

  /** The first free one of the heights for words between left and right, or null. */
  place(left: number, right: number, heights: readonly number[]): number | null {
    for (const y of heights) {
      if (this.#taken.some((box) => left < box.right + APART && box.left < right + APART && Math.abs(box.y - y) < LINE)) {
        continue;
      }
      this.#taken.push({ left, right, y });
      return y;
    }
    return null;
  }
}

/** Words shortened at their end until they are no wider than `room`; empty when not even a few letters fit. */
export function fitted(words: string, room: number, widthOf: (words: string) => number): string {
  if (widthOf(words) <= room) return words;
  const letters = Array.from(words);
  let fits = 0;
  let tooMany = letters.length;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (widthOf(`${letters.slice(0, middle).join("")}…`) <= room) fits = middle;
    else tooMany = middle;
  }
  return fits < 4 ? "" : `${letters.slice(0, fits).join("").trimEnd()}…`;
}
