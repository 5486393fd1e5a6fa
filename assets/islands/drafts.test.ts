import assert from "node:assert/strict";
import { test } from "node:test";
import { type Draft, Drafts, newId } from "./drafts.ts";

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    getItem: (key) => kept.get(key) ?? null,
    key: (place) => [...kept.keys()][place] ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem: (key, value) => void kept.set(key, value),
  };
}

function draft(words: string, id = "a1"): Draft {
  return { id, about: "", words, corrections: {}, writtenAt: "2026-10-06T10:52:00Z" };
}

test("a draft is there again after the tab was closed", () => {
  const store = memory();
  new Drafts(store, "maya").write("today", draft("Saw Jane"));

  const found = new Drafts(store, "maya").read("today");

  assert.equal(found?.words, "Saw Jane");
});

test("two members on one device do not meet", () => {
  const store = memory();
  new Drafts(store, "maya").write("today", draft("Saw Jane"));

  assert.equal(new Drafts(store, "tom").read("today"), null);
});

test("an emptied box keeps no draft", () => {
  const store = memory();
  const drafts = new Drafts(store, "maya");
  drafts.write("today", draft("Saw Jane"));

  drafts.write("today", draft("  "));

  assert.equal(store.length, 0);
});

test("the same note put aside twice waits once", () => {
  const drafts = new Drafts(memory(), "maya");
  drafts.setAside({ ...draft("Saw Jane"), url: "/notes/" });

  drafts.setAside({ ...draft("Saw Jane and Sami"), url: "/notes/" });

  assert.deepEqual(
    drafts.unsent().map((note) => note.words),
    ["Saw Jane and Sami"],
  );
});

test("what was sent waits no longer", () => {
  const drafts = new Drafts(memory(), "maya");
  drafts.setAside({ ...draft("one", "a1"), url: "/notes/" });
  drafts.setAside({ ...draft("two", "a2"), url: "/notes/" });

  drafts.sent("a1");

  assert.deepEqual(
    drafts.unsent().map((note) => note.id),
    ["a2"],
  );
});

test("signing out takes a member's words off the device, and nobody else's", () => {
  const store = memory();
  const [maya, tom] = [new Drafts(store, "maya"), new Drafts(store, "tom")];
  maya.write("today", draft("Saw Jane"));
  maya.write("0199", draft("Saw Sami"));
  maya.setAside({ ...draft("Saw Leona"), url: "/notes/" });
  tom.write("today", draft("Saw Ida"));

  maya.forgetAll();

  assert.equal(store.length, 1);
  assert.equal(tom.read("today")?.words, "Saw Ida");
});

test("a full device says that it could not put a note aside", () => {
  const store = memory();
  store.setItem = () => {
    throw new Error("full");
  };

  assert.equal(new Drafts(store, "maya").setAside({ ...draft("one"), url: "/notes/" }), false);
});

test("what another program wrote under our key is no draft", () => {
  const store = memory();
  store.setItem("ampersand.draft.maya.today", "{broken");

  assert.equal(new Drafts(store, "maya").read("today"), null);
});

test("ids are random and of version four", () => {
  assert.match(newId(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(newId(), newId());
});
