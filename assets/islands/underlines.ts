/** Where words were read. Places count characters (code points), as the server does, not UTF-16 units. */
export type Underline = readonly [start: number, end: number, ink: string];

export interface Segment {
  readonly text: string;
  readonly ink: string;
}

/** Cuts words at the ends of their underlines. Where two lie over each other the narrower one shows. */
export function segments(words: string, underlines: readonly Underline[]): Segment[] {
  const letters = Array.from(words);
  const cuts = new Set([0, letters.length]);
  for (const [start, end] of underlines) {
    cuts.add(Math.min(start, letters.length));
    cuts.add(Math.min(end, letters.length));
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, i) => {
    const end = places[i + 1] ?? letters.length;
    return { text: letters.slice(start, end).join(""), ink: narrowest(underlines, start, end) };
  });
}

function narrowest(underlines: readonly Underline[], start: number, end: number): string {
  const over = underlines.filter((line) => line[0] <= start && line[1] >= end);
  over.sort((a, b) => a[1] - a[0] - (b[1] - b[0]));
  return over[0]?.[2] ?? "";
}

/** Underlines of the words as they were read, moved to the words as they are now. One that was typed into is let go. */
export function carried(underlines: readonly Underline[], then: string, now: string): Underline[] {
  const before = Array.from(then);
  const after = Array.from(now);
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const shift = after.length - before.length;
  return underlines.flatMap(([start, end, ink]): Underline[] => {
    if (end <= head) return [[start, end, ink]];
    if (start >= before.length - tail) return [[start + shift, end + shift, ink]];
    return [];
  });
}
