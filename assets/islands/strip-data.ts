import { dayNumber } from "./strip-scale.ts";

export type Way = "t" | "o" | "b";

export interface Mark {
  readonly day: number;
  readonly says: string;
}

export interface Month {
  readonly start: number;
  /** Momentum as a share of its own usual. */
  readonly contact: number;
  readonly days: readonly { readonly day: number; readonly way: Way }[];
  readonly trade: number | null;
  readonly marks: readonly Mark[];
  readonly tradeMarks: readonly Mark[];
}

export interface Ahead extends Mark {
  readonly kind: "ours" | "theirs" | "meeting" | "trade";
  readonly when: string;
}

/** A day by their own rhythm, and between which days it lies with eight in ten. */
export interface Expected {
  readonly day: number;
  readonly low: number;
  readonly high: number;
}

/** What a month of trade brought in other years: the middle one, the least and the most. */
export interface Season {
  readonly start: number;
  readonly amount: number;
  readonly low: number;
  readonly high: number;
}

export interface StripData {
  readonly today: number;
  readonly months: readonly Month[];
  readonly ahead: readonly Ahead[];
  readonly expected: readonly Expected[];
  readonly season: readonly Season[];
  readonly quiet: { readonly from: number; readonly until: number; readonly says: string } | null;
}

/** Reads the drawing's facts from the list view: what is drawn and what is listed cannot differ. */
export function readTable(host: HTMLElement): StripData {
  const rows = (which: string): HTMLElement[] => [...host.querySelectorAll<HTMLElement>(which)];
  const quietFrom = host.getAttribute("quiet-from");
  return {
    today: dayNumber(host.getAttribute("today") ?? ""),
    months: rows('[data-part="past"] tr').map(month),
    ahead: rows('[data-part="ahead"] tr').map(aheadRow),
    expected: rows('[data-part="expected"] tr[data-on]').map(expected),
    season: rows('[data-part="expected"] tr[data-season]').map(season),
    quiet: quietFrom
      ? {
          from: dayNumber(quietFrom),
          until: dayNumber(host.getAttribute("quiet-until") ?? quietFrom),
          says: host.dataset["quiet"] ?? "",
        }
      : null,
  };
}

function expected({ dataset }: HTMLElement): Expected {
  return {
    day: dayNumber(dataset["on"] ?? ""),
    low: dayNumber(dataset["low"] ?? ""),
    high: dayNumber(dataset["high"] ?? ""),
  };
}

function season({ dataset }: HTMLElement): Season {
  return {
    start: dayNumber(dataset["season"] ?? ""),
    amount: Number(dataset["amount"] ?? 0),
    low: Number(dataset["low"] ?? 0),
    high: Number(dataset["high"] ?? 0),
  };
}

function month(row: HTMLElement): Month {
  const start = dayNumber(row.dataset["month"] ?? "");
  const trade = row.dataset["trade"];
  return {
    start,
    contact: Number(row.dataset["contact"] ?? 0),
    days: contactDays(row.dataset["days"] ?? "", start),
    trade: trade === undefined ? null : Number(trade),
    marks: marks(row, "mark"),
    tradeMarks: marks(row, "trade-mark"),
  };
}

/** `3t 14o 20b`: the day of the month and who reached out. */
export function contactDays(words: string, monthStart: number): { day: number; way: Way }[] {
  return [...words.matchAll(/(\d+)([tob])/g)].map((found) => ({
    day: monthStart + Number(found[1]) - 1,
    way: found[2] as Way,
  }));
}

function marks(row: HTMLElement, name: string): Mark[] {
  return [...row.querySelectorAll(`[data-${name}]`)].map((mark) => ({
    day: dayNumber(mark.getAttribute(`data-${name}`) ?? ""),
    says: mark.textContent?.trim() ?? "",
  }));
}

function aheadRow(row: HTMLElement): Ahead {
  return {
    day: dayNumber(row.dataset["on"] ?? ""),
    kind: (row.dataset["kind"] ?? "meeting") as Ahead["kind"],
    when: row.querySelector("th")?.textContent?.trim() ?? "",
    says: row.querySelector("[data-says]")?.textContent?.trim() ?? "",
  };
}
