interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** From the baseline of 11 px words to their highest and lowest letters. */
const RISE = 9;
const FALL = 3;
const APART = 8;

/** Keeps words apart from words, and from the stems that tie words to their place. */
export class Labels {
  readonly #words: Box[] = [];
  readonly #stems: Box[] = [];

  /** Reserves a place that no other words may use. */
  reserve(left: number, right: number, y: number): void {
    this.#words.push({ left, right, top: y - RISE, bottom: y + FALL });
  }

  /** The first free one of the heights for words between left and right, or null. */
  place(left: number, right: number, heights: readonly number[]): number | null {
    const y = heights.find((height) => this.#isFree(left, right, height));
    if (y === undefined) return null;
    this.reserve(left, right, y);
    return y;
  }

  /** As `place`, for words whose stem runs at x to the ground: no stem goes through words. */
  placeWithStem(left: number, right: number, heights: readonly number[], x: number, ground: number): number | null {
    const isOpen = (y: number): boolean => {
      const stem = stemBetween(x, y, ground);
      return this.#isFree(left, right, y) && !this.#words.some((box) => touch(box, stem, 2));
    };
    const y = this.place(left, right, heights.filter(isOpen));
    if (y !== null) this.#stems.push(stemBetween(x, y, ground));
    return y;
  }

  #isFree(left: number, right: number, y: number): boolean {
    const box = { left, right, top: y - RISE, bottom: y + FALL };
    return !this.#words.some((other) => touch(other, box, APART)) && !this.#stems.some((stem) => touch(stem, box, 2));
  }
}

function stemBetween(x: number, y: number, ground: number): Box {
  return y < ground
    ? { left: x, right: x, top: y + FALL + 1, bottom: ground }
    : { left: x, right: x, top: ground, bottom: y - RISE - 1 };
}

function touch(one: Box, other: Box, apart: number): boolean {
  return (
    one.left < other.right + apart &&
    other.left < one.right + apart &&
    one.top < other.bottom + 1 &&
    other.top < one.bottom + 1
  );
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
