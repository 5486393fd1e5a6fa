import { area, curveMonotoneX, curveStepAfter, line } from "d3-shape";
import { fitted, Labels } from "./labels.ts";
import { Shapes, textWidth } from "./shapes.ts";
import type { Mark, StripData } from "./strip-data.ts";
import { AHEAD_DAYS, monthStarts, StripScale } from "./strip-scale.ts";

const HEIGHT = 274;
const TOP = 22;
/** The ground of the upper strip, and of the lower one that hangs below the months. */
const BETWEEN = 150;
const TRADE = 172;
const BETWEEN_ROOM = 82;
const TRADE_ROOM = 72;
const FEET = [7, 12, 20];

interface Sheet {
  readonly data: StripData;
  readonly scale: StripScale;
  readonly shapes: Shapes;
  readonly labels: Labels;
  readonly width: number;
  readonly words: DOMStringMap;
}

/** The whole drawing at a width; words come from the attributes of its element. */
export function drawn(host: HTMLElement, data: StripData, width: number): SVGSVGElement {
  const first = data.months[0]?.start ?? data.today - 365;
  const sheet: Sheet = {
    data,
    scale: new StripScale(width, first, data.today),
    shapes: new Shapes(width, HEIGHT, host.getAttribute("label") ?? ""),
    labels: new Labels(),
    width,
    words: host.dataset,
  };
  drawGround(sheet);
  drawBetween(sheet);
  drawContactDays(sheet);
  drawTrade(sheet);
  drawAxis(sheet);
  drawAhead(sheet);
  drawMarks(sheet);
  drawNow(sheet);
  return sheet.shapes.svg;
}

function drawGround({ data, scale, shapes, width }: Sheet): void {
  shapes.block(scale.now, TOP, width - scale.now, HEIGHT - TOP - 16, "wash-well drawing__half");
  if (data.quiet && data.quiet.until > data.today) {
    const left = scale.x(Math.max(data.quiet.from, data.today));
    const right = scale.x(data.quiet.until);
    shapes.block(left, TOP, right - left, HEIGHT - TOP - 16, "wash-well");
    linesOf(data.quiet.says, right - left).forEach((words, place) => {
      shapes.text((left + right) / 2, 200 + 13 * place, words, "quiet", "middle");
    });
  }
}

/** Words in lines no wider than the room; none where one of them is. */
function linesOf(says: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of says.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (textWidth(longer) <= room && lines.length > 0) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.every((line) => textWidth(line) <= room) ? lines : [];
}

function drawBetween({ data, scale, shapes, labels, words }: Sheet): void {
  const points = contactPoints(data, scale);
  const shape = area<[number, number]>().y0(BETWEEN).curve(curveMonotoneX);
  shapes.area(shape.x((p) => p[0]).y1((p) => p[1])(points), "wash-moss");
  shapes.path(line().curve(curveMonotoneX)(points), "moss", 1.8);
  const title = words["between"] ?? "";
  const legend = words["legend"] ?? "";
  const end = textWidth(title) + 8;
  shapes.text(0, 14, title, "moss");
  shapes.text(end, 14, legend, "faint");
  labels.reserve(0, end + textWidth(legend), 14);
}

/** One point a month, in its middle; the last at now. The scale leaves room above the usual, which is 1. */
function contactPoints(data: StripData, scale: StripScale): [number, number][] {
  const highest = Math.max(1.2, ...data.months.map((month) => month.contact));
  const points = data.months.map((month, place): [number, number] => {
    const day = place === 0 ? month.start : Math.min(month.start + 15, data.today);
    return [scale.x(day), BETWEEN - (month.contact / highest) * BETWEEN_ROOM];
  });
  const last = points.at(-1);
  if (last && last[0] < scale.now) points.push([scale.now, last[1]]);
  return points;
}

/** Each day in touch stands on the line, a meeting taller; days close together step aside, and a crowd has no heads. */
function drawContactDays({ data, scale, shapes }: Sheet): void {
  const days = data.months.flatMap((month) => month.days).filter((day) => day.day <= data.today);
  const isCrowd = days.length > scale.now / 4;
  const lastAt: number[] = FEET.map(() => -Infinity);
  for (const { day, way } of days) {
    const x = scale.x(day);
    if (isCrowd) {
      shapes.line(x, BETWEEN, x, BETWEEN - (way === "b" ? 11 : 7), "moss", 1);
      continue;
    }
    const free = lastAt.slice(0, 2).findIndex((at) => x - at >= 5);
    const lane = way === "b" ? FEET.length - 1 : Math.max(0, free);
    const foot = BETWEEN - (FEET[lane] ?? 7);
    lastAt[lane] = x;
    shapes.line(x, BETWEEN, x, foot, "moss", 1.2);
    shapes.dot(x, foot, 1.9, "moss drawing__on-moss", way === "t", 1.1);
  }
}

function drawTrade(sheet: Sheet): void {
  const { data, scale, shapes, labels, words } = sheet;
  const points = tradePoints(data, scale);
  drawSeason(sheet);
  const whose = fitted(words["trade"] ?? "", scale.now / 2, textWidth);
  shapes.text(0, HEIGHT - 18, whose, "indigo");
  labels.reserve(0, textWidth(whose), HEIGHT - 18);
  if (points.length === 0) {
    shapes.text(0, TRADE + 20, words["noTrade"] ?? "", "faint");
    return;
  }
  shapes.area(area<[number, number]>().y0(TRADE).curve(curveStepAfter)(points), "wash-indigo");
  shapes.path(line().curve(curveStepAfter)(points), "indigo", 1.6);
  // Said where trade began: before that nothing changed hands.
  const left = (points.find((point) => point[1] > TRADE) ?? points[0])?.[0] ?? 0;
  const end = left + textWidth(words["first"] ?? "");
  label(shapes, labels, left, lowestBetween(points, left, end) + 14, words["first"] ?? "", "start");
  label(shapes, labels, scale.now - 6, HEIGHT - 18, words["last"] ?? "", "end");
}

/** Each month's amount hangs from the line from its first day to its last. The present month is not over, and says nothing yet. */
function tradePoints(data: StripData, scale: StripScale): [number, number][] {
  const points = tradeMonths(data).map((month): [number, number] => [
    scale.x(month.start),
    hanging(data, month.trade ?? 0),
  ]);
  const last = points.at(-1);
  const thisMonth = data.months.at(-1);
  if (last && thisMonth) points.push([scale.x(thisMonth.start), last[1]]);
  return points;
}

function tradeMonths(data: StripData): StripData["months"] {
  return data.months.slice(0, -1).filter((month) => month.trade !== null);
}

/** How deep an amount hangs: the largest month there was, or may be, takes all the room. */
function hanging(data: StripData, amount: number): number {
  const highest = Math.max(1, ...tradeMonths(data).map((month) => month.trade ?? 0), ...data.season.map((one) => one.high));
  return TRADE + (amount / highest) * TRADE_ROOM;
}

/** The months ahead as the same months were in other years: the middle one dashed, from the least to the most behind it. */
function drawSeason({ data, scale, shapes, width, words }: Sheet): void {
  const ends = monthStarts(data.today, data.today + AHEAD_DAYS + 31);
  for (const { start, amount, low, high } of data.season) {
    const left = scale.x(Math.max(start, data.today)) + 1;
    const right = scale.x(ends.find((end) => end > start) ?? start + 30) - 1;
    if (left >= width || isResting(data, start)) continue;
    const room = Math.min(right, width) - left;
    shapes.block(left, hanging(data, low), room, Math.max(2, hanging(data, high) - hanging(data, low)), "wash-indigo");
    shapes.line(left, hanging(data, amount), left + room, hanging(data, amount), "indigo", 1.2, "3 2");
  }
  if (data.season.length > 0) {
    shapes.text(width - 6, HEIGHT - 4, fitted(words["season"] ?? "", width - scale.now - 12, textWidth), "faint", "end");
  }
}

function isResting(data: StripData, day: number): boolean {
  return data.quiet !== null && day >= data.quiet.from && day < data.quiet.until;
}

function label(
  shapes: Shapes,
  labels: Labels,
  x: number,
  y: number,
  says: string,
  anchor: "start" | "end",
): void {
  const width = textWidth(says);
  const left = anchor === "start" ? x : x - width;
  const free = says === "" ? null : labels.place(left, left + width, [y, y + 14, y - 14]);
  if (free !== null) shapes.text(x, free, says, "indigo", anchor);
}

function drawAxis({ data, scale, shapes, width }: Sheet): void {
  const language = document.documentElement.lang || "en";
  const short = new Intl.DateTimeFormat(language, { month: "short", timeZone: "UTC" });
  const first = data.months[0]?.start ?? data.today;
  shapes.line(0, BETWEEN, width, BETWEEN, "line-edge");
  shapes.line(0, TRADE, width, TRADE, "line-rule");
  let free = 0;
  const write = (x: number, words: string, ink: string): void => {
    const end = x + textWidth(words);
    if (x < free || end > width) return;
    shapes.text(x, BETWEEN + 15, words, ink);
    free = end + 8;
  };
  const thisMonth = short.format(new Date(data.today * 86_400_000));
  let isPast = true;
  for (const start of monthStarts(first, data.today + AHEAD_DAYS)) {
    // The present month began before now; its name stands where what is left of it begins, if there is room.
    if (isPast && start > data.today) {
      isPast = false;
      if (scale.x(start) - scale.now > textWidth(thisMonth) + 8) write(scale.now + 4, thisMonth, "faint");
    }
    const date = new Date(start * 86_400_000);
    const x = scale.x(start);
    const isYear = date.getUTCMonth() === 0;
    if (isYear) shapes.line(x, BETWEEN, x, TRADE, "line-edge");
    if (isYear) write(x + 5, String(date.getUTCFullYear()), "quiet");
    else if (start === first) write(0, `${short.format(date)} ${date.getUTCFullYear()}`, "faint");
    else if (start > data.today) write(x + 4, short.format(date), "faint");
  }
}

/** The nearest stands tallest and hangs deepest, so no name crosses a stem. */
function drawAhead({ data, scale, shapes, labels, width, words }: Sheet): void {
  const rows = data.ahead.filter((row) => row.day >= data.today && row.day <= data.today + AHEAD_DAYS);
  const between = rows.filter((row) => row.kind !== "trade");
  drawRhythm({ data, scale, shapes, width }, between.map((row) => row.day));
  shapes.text(width - 6, 36, words["wider"] ?? "", "faint", "end");
  labels.reserve(width - 6 - textWidth(words["wider"] ?? ""), width, 36);
  if (data.expected.length > 0) {
    const says = fitted(words["rhythm"] ?? "", width - scale.now - 12, textWidth);
    shapes.text(width - 6, 126, says, "faint", "end");
  }
  between.forEach((row, place) => {
    const x = scale.x(row.day);
    const y = 58 + 19 * place;
    const isNamed = place < 3;
    shapes.line(x, isNamed ? y : BETWEEN - 14, x, BETWEEN, "moss", 1);
    shapes.dot(x, BETWEEN, 3.4, "moss drawing__on-leaf", row.kind !== "ours");
    if (isNamed) drawName(shapes, x, y + 4, `${row.when}: ${row.says}`, width);
  });
  const trade = rows.filter((row) => row.kind === "trade").slice(0, 2);
  trade.forEach((row, place) => {
    const x = scale.x(row.day) + 2;
    const y = TRADE + 18 * (trade.length - place);
    shapes.line(x, TRADE, x, y - 3.5, "ink");
    shapes.dot(x, y, 3.5, "ink drawing__on-leaf", true);
    drawName(shapes, x, y + 4, row.says, width);
  });
}

/** To the right of its stem, or where that is too narrow, to its left. */
function drawName(shapes: Shapes, x: number, y: number, says: string, width: number): void {
  const room = width - x - 10;
  if (textWidth(says) <= room || room > 90) shapes.text(x + 6, y, fitted(says, room, textWidth), "quiet");
  else shapes.text(x - 6, y, fitted(says, 150, textWidth), "quiet", "end");
}

/** Each expected day as a dotted stem, on a bar as wide as the range it lies in: further ahead it is less sure, and wider. */
function drawRhythm(
  { data, scale, shapes, width }: Pick<Sheet, "data" | "scale" | "shapes" | "width">,
  taken: number[],
): void {
  for (const { day, low, high } of data.expected) {
    if (isResting(data, day) || day > data.today + AHEAD_DAYS) continue;
    const left = Math.max(scale.x(low), scale.now);
    const right = Math.min(scale.x(high), width);
    shapes.block(left, BETWEEN - 5, right - left, 5, "moss drawing__maybe");
    if (taken.some((other) => Math.abs(scale.x(other) - scale.x(day)) < 6)) continue;
    shapes.line(scale.x(day), BETWEEN, scale.x(day), BETWEEN - 13, "moss", 1.2, "2 2");
  }
}

function drawMarks(sheet: Sheet): void {
  const { data, scale } = sheet;
  const points = contactPoints(data, scale);
  for (const month of data.months) {
    for (const mark of month.marks) drawMarkAbove(sheet, mark, points);
    for (const mark of month.tradeMarks) drawMarkBelow(sheet, mark);
  }
}

function drawMarkAbove({ scale, shapes, labels }: Sheet, mark: Mark, points: readonly [number, number][]): void {
  const x = scale.x(mark.day);
  const half = textWidth(mark.says) / 2;
  const at = Math.min(Math.max(x, half), scale.now - half - 8);
  const ground = highestBetween(points, x, x);
  const above = highestBetween(points, at - half, at + half);
  const heights = [18, 32, 46, 60].map((up) => above - up).filter((y) => y > 24);
  const y = labels.placeWithStem(at - half, at + half, heights, x, ground);
  if (y === null) return;
  shapes.together(() => {
    shapes.line(x, y + 5, x, ground - 2, "line-edge", 0.8);
    shapes.text(at, y, mark.says, "quiet", "middle");
  });
}

function drawMarkBelow({ data, scale, shapes, labels }: Sheet, mark: Mark): void {
  const points = tradePoints(data, scale);
  const x = scale.x(mark.day);
  const half = textWidth(mark.says) / 2;
  const at = Math.min(Math.max(x, half), scale.now - half - 8);
  const ground = lowestBetween(points, x, x);
  const below = lowestBetween(points, at - half, at + half);
  const heights = [20, 34, 48].map((down) => below + down).filter((low) => low < HEIGHT - 2);
  const y = labels.placeWithStem(at - half, at + half, heights, x, ground);
  if (y === null) return;
  shapes.together(() => {
    shapes.line(x, ground + 2, x, y - 10, "line-edge", 0.8);
    shapes.text(at, y, mark.says, "quiet", "middle");
  });
}

/** The highest the line stands between two places; smaller is higher. */
function highestBetween(points: readonly [number, number][], left: number, right: number): number {
  const from = Math.max(0, points.findLastIndex((point) => point[0] <= left));
  const next = points.findIndex((point) => point[0] >= right);
  const over = points.slice(from, next === -1 ? undefined : next + 1);
  return Math.min(BETWEEN, ...over.map((point) => point[1]));
}

/** The lowest a step hangs between two places. A step reaches from its point to the next. */
function lowestBetween(points: readonly [number, number][], left: number, right: number): number {
  const from = Math.max(0, points.findLastIndex((point) => point[0] <= left));
  const until = points.findLastIndex((point) => point[0] <= right);
  return Math.max(TRADE, ...points.slice(from, until + 1).map((point) => point[1]));
}

function drawNow({ scale, shapes, words }: Sheet): void {
  shapes.line(scale.now, 14, scale.now, HEIGHT - 12, "ink", 1.4);
  shapes.text(scale.now, 10, words["now"] ?? "", "ink drawing__strong", "middle");
}
