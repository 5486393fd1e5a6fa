import assert from "node:assert/strict";
import { test } from "node:test";
import { isCut } from "./whole-words.ts";

const view = { left: 16, right: 374 };

test("words within the view are whole", () => {
  assert.equal(isCut({ left: 16, right: 374 }, view), false);
});

test("words over an edge of the view are cut", () => {
  assert.equal(isCut({ left: -30, right: 60 }, view), true);
  assert.equal(isCut({ left: 300, right: 420 }, view), true);
});

test("words wider than the view are cut", () => {
  assert.equal(isCut({ left: 0, right: 400 }, view), true);
});

test("words out of view are not cut, and need not fade", () => {
  assert.equal(isCut({ left: -90, right: 10 }, view), false);
  assert.equal(isCut({ left: 380, right: 420 }, view), false);
});
