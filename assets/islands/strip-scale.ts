/** Days since 1970, so that no clock change moves a day. */
export function dayNumber(iso: string): number {
  return Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / 86_400_000;
}

/** The first days of all months from the first to the last given day, as day numbers. */
export function monthStarts(from: number, until: number): number[] {
  const starts: number[] = [];
  const first = new Date(from * 86_400_000);
  for (let month = first.getUTCMonth(); ; month += 1) {
    const start = Date.UTC(first.getUTCFullYear(), month, 1) / 86_400_000;
    if (start > until) return starts;
    if (start >= from) starts.push(start);
  }
}

export const AHEAD_DAYS = 183;
const AHEAD_SHARE = 0.24;
const INSET = 12;

/** Where a day stands: the past even up to now, the six months ahead drawn wider. */
export class StripScale {
  readonly now: number;
  readonly #width: number;
  readonly #first: number;
  readonly #today: number;

  constructor(width: number, first: number, today: number) {
    this.#width = width;
    this.#first = Math.min(first, today - 1);
    this.#today = today;
    this.now = Math.round(width * (1 - AHEAD_SHARE));
  }

  x(day: number): number {
    if (day <= this.#today) {
      const share = (day - this.#first) / (this.#today - this.#first);
      return INSET + (this.now - INSET) * Math.max(0, share);
    }
    return this.now + (this.#width - this.now) * Math.min(1, (day - this.#today) / AHEAD_DAYS);
  }
}
