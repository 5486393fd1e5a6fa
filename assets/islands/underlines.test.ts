import assert from "node:assert/strict";
import { test } from "node:test";
import { carried, segments } from "./underlines.ts";

test("words are cut where an underline starts and ends", () => {
  const cut = segments("Saw Jane today", [[4, 8, "between"]]);

  assert.deepEqual(cut, [
    { text: "Saw ", ink: "" },
    { text: "Jane", ink: "between" },
    { text: " today", ink: "" },
  ]);
});

test("the narrower of two underlines shows", () => {
  const cut = segments("Saw Jane", [
    [0, 8, "between"],
    [4, 8, "unsure"],
  ]);

  assert.deepEqual(
    cut.map((segment) => segment.ink),
    ["between", "unsure"],
  );
});

test("a sign outside the basic plane counts as one character", () => {
  const cut = segments("🙂 Jane", [[2, 6, "between"]]);

  assert.deepEqual(cut[1], { text: "Jane", ink: "between" });
});

test("the pieces put together are the words", () => {
  const words = "a\nb 🙂 c";

  const cut = segments(words, [
    [1, 3, "between"],
    [2, 99, "trade"],
  ]);

  assert.equal(cut.map((segment) => segment.text).join(""), words);
});

test("typing at the end leaves what was read before it underlined", () => {
  assert.deepEqual(carried([[4, 8, "between"]], "Saw Jane", "Saw Jane today"), [[4, 8, "between"]]);
});

test("typing at the front moves what follows", () => {
  assert.deepEqual(carried([[4, 8, "between"]], "Saw Jane", "I saw. Saw Jane"), [[11, 15, "between"]]);
});

test("typing into an underline lets it go", () => {
  assert.deepEqual(carried([[4, 8, "between"]], "Saw Jane", "Saw Joane"), []);
});
