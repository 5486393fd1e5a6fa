import assert from "node:assert/strict";
import { test } from "node:test";
import { AHEAD_DAYS, dayNumber, monthStarts, StripScale } from "./strip-scale.ts";

const TODAY = dayNumber("2026-10-06");

test("days are whole and do not move with the clock", () => {
  assert.equal(dayNumber("2026-03-30") - dayNumber("2026-03-28"), 2);
  assert.equal(dayNumber("2026-10-26T23:59:00+01:00") - dayNumber("2026-10-24"), 2);
});

test("months start where the calendar says, over a new year", () => {
  const starts = monthStarts(dayNumber("2026-11-15"), dayNumber("2027-02-10"));

  assert.deepEqual(starts, ["2026-12-01", "2027-01-01", "2027-02-01"].map(dayNumber));
});

test("today stands on now and the horizon at the right-hand edge", () => {
  const scale = new StripScale(1152, dayNumber("2023-10-01"), TODAY);

  assert.equal(scale.x(TODAY), scale.now);
  assert.equal(scale.x(TODAY + AHEAD_DAYS), 1152);
});

test("a month ahead is drawn wider than a month past", () => {
  const scale = new StripScale(1152, dayNumber("2023-10-01"), TODAY);

  assert.ok(scale.x(TODAY + 30) - scale.now > scale.now - scale.x(TODAY - 30));
});

test("a relationship of one day still has a past", () => {
  const scale = new StripScale(1000, TODAY, TODAY);

  assert.equal(scale.x(TODAY), scale.now);
});
