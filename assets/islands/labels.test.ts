import assert from "node:assert/strict";
import { test } from "node:test";
import { fitted, Labels } from "./labels.ts";

const widthOf = (words: string): number => Array.from(words).length * 6;

test("a second label over the first takes the next height", () => {
  const labels = new Labels();

  assert.equal(labels.place(0, 100, [60, 46]), 60);
  assert.equal(labels.place(50, 150, [60, 46]), 46);
});

test("a label beside another keeps its height", () => {
  const labels = new Labels();
  labels.place(0, 100, [60]);

  assert.equal(labels.place(110, 200, [60]), 60);
});

test("a label that fits nowhere is left to the list", () => {
  const labels = new Labels();
  labels.place(0, 100, [60]);

  assert.equal(labels.place(0, 100, [60, 55]), null);
});

test("a stem does not go through words that stand already", () => {
  const labels = new Labels();
  labels.place(0, 100, [90]);

  assert.equal(labels.placeWithStem(200, 300, [60], 50, 150), null);
});

test("words do not stand on a stem that stands already", () => {
  const labels = new Labels();
  labels.placeWithStem(0, 100, [60], 50, 150);

  assert.equal(labels.place(20, 120, [100, 30]), 30);
});

test("a stem may hang down as well as stand", () => {
  const labels = new Labels();
  labels.place(0, 100, [210]);

  assert.equal(labels.placeWithStem(120, 220, [230], 50, 180), null);
  assert.equal(labels.placeWithStem(120, 220, [230], 150, 180), 230);
});

test("words that fit are not shortened", () => {
  assert.equal(fitted("her autumn volumes", 200, widthOf), "her autumn volumes");
});

test("words that do not fit end in a sign for it and are no wider than the room", () => {
  const words = fitted("Tom with the refractometer", 70, widthOf);

  assert.ok(words.endsWith("…"));
  assert.ok(widthOf(words) <= 70);
});

test("where next to nothing fits nothing is written", () => {
  assert.equal(fitted("Tom with the refractometer", 20, widthOf), "");
});
