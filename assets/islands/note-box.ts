import htmx from "htmx.org";
import { type Draft, Drafts, newId, type Unsent } from "./drafts.ts";
import { carried, segments, type Underline } from "./underlines.ts";

const PAUSE_MS = 250;
const RETRY_MS = 30_000;

/** The notebook. Shows what the server understood while one writes, keeps drafts on the device, sends when it can.
 *  Emits `kept` when a note is with the server. Without script it is a plain form.
 *    <note-box box="today" member="…" understood-url="/notes/understood/"><form …>…</form></note-box> */
export class NoteBox extends HTMLElement {
  #drafts = new Drafts(localStorage, this.getAttribute("member") ?? "");
  #id = newId();
  #corrections: Record<string, string> = {};
  #read: { words: string; underlines: readonly Underline[] } = { words: "", underlines: [] };
  #lastKept: Draft | null = null;
  #pause = 0;
  #retry = 0;
  #seeking = 0;
  #asking: AbortController | null = null;
  #leaving = new AbortController();

  connectedCallback(): void {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.addEventListener("input", this.#typed, { signal });
    this.addEventListener("click", this.#chosen, { signal });
    this.addEventListener("keydown", this.#keyed, { signal });
    this.addEventListener("submit", this.#submitted, { signal });
    this.#keptPlace?.addEventListener("submit", this.#undone, { signal });
    window.addEventListener("online", this.#sendUnsent, { signal });
    window.addEventListener("storage", this.#keptElsewhere, { signal });
    this.#restore();
    void this.#sendUnsent();
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
    this.#asking?.abort();
    clearTimeout(this.#pause);
    clearTimeout(this.#retry);
  }

  get #form(): HTMLFormElement {
    return this.querySelector("form") as HTMLFormElement;
  }

  get #words(): HTMLTextAreaElement {
    return this.querySelector("textarea") as HTMLTextAreaElement;
  }

  get #keptPlace(): HTMLElement | null {
    return document.querySelector("#kept");
  }

  // ── writing ──

  readonly #typed = (event: Event): void => {
    const whom = event.target as HTMLInputElement;
    if (whom.dataset["theirs"]) this.#seek(whom);
    if (event.target !== this.#words) return;
    this.#say("");
    this.#show();
    this.#drafts.write(this.#box, this.#draft());
    clearTimeout(this.#pause);
    this.#pause = window.setTimeout(() => void this.#understand(), PAUSE_MS);
  };

  #show(): void {
    const words = this.#words.value;
    const lines = carried(this.#read.underlines, this.#read.words, words);
    const mirror = this.querySelector(".capture__mirror");
    // A last line that is empty has no height of its own.
    mirror?.replaceChildren(...segments(words, lines).map(marked), words.endsWith("\n") || words === "" ? " " : "");
    this.#form.classList.toggle("capture--written", words !== "");
  }

  async #understand(): Promise<void> {
    const url = this.getAttribute("understood-url");
    if (!url) return;
    const words = this.#words.value;
    this.#asking?.abort();
    this.#asking = new AbortController();
    try {
      const answer = await fetch(url, { ...this.#post(this.#draft()), signal: this.#asking.signal });
      if (answer.ok) this.#understood(words, await answer.text());
    } catch {
      // Offline, or the writer typed on: what was understood last stays until the next pause.
    }
  }

  #understood(words: string, html: string): void {
    const here = this.querySelector<HTMLElement>(".understood");
    const fresh = parsed(html).querySelector<HTMLElement>(".understood");
    if (!here || !fresh) return;
    const known = new Set(rowKeys(here));
    const inHand = (document.activeElement as HTMLElement | null)?.dataset["fix"];
    for (const row of fresh.querySelectorAll<HTMLElement>("[data-piece-row]")) {
      row.toggleAttribute("data-new", !known.has(row.dataset["pieceRow"] ?? ""));
    }
    // The section itself stays: it is the live region, and a new one would be read as nothing.
    here.replaceChildren(...fresh.childNodes);
    if (inHand) here.querySelector<HTMLElement>(`[data-fix="${CSS.escape(inHand)}"]`)?.focus();
    this.#read = { words, underlines: JSON.parse(fresh.dataset["underlines"] ?? "[]") as Underline[] };
    this.#sees(fresh.dataset["sees"] ?? "");
    this.#show();
  }

  #sees(says: string): void {
    const place = this.querySelector<HTMLElement>(".capture__sees");
    const words = place?.querySelector<HTMLElement>("[data-sees]");
    if (!place || !words) return;
    words.textContent = says;
    place.hidden = says === "";
  }

  // ── putting right ──

  readonly #chosen = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLElement>("button[data-piece], button[data-own], button[data-whose]");
    if (!button) return;
    if (button.dataset["whose"]) return this.#found(button);
    const also = JSON.parse(button.dataset["also"] ?? "{}") as Record<string, string>;
    Object.assign(this.#corrections, also);
    const own = button.hasAttribute("data-own") ? button.parentElement?.querySelector("input") : null;
    const key = own?.dataset["piece"] ?? button.dataset["piece"];
    if (key) this.#correct(key, own?.value ?? button.dataset["choice"] ?? "");
  };

  /** Looks for somebody else by what is typed into a name's list. */
  #seek(field: HTMLInputElement): void {
    clearTimeout(this.#seeking);
    const place = field.closest(".choices")?.querySelector(".choices__found");
    const ask = async (): Promise<void> => {
      const words = field.value.trim();
      const url = `${this.getAttribute("whom-url") ?? ""}?${new URLSearchParams({ words }).toString()}`;
      const answer = words === "" ? null : await fetch(url).catch(() => null);
      const html = answer?.ok ? await answer.text() : "";
      if (words === field.value.trim()) place?.replaceChildren(...parsed(html).childNodes);
    };
    this.#seeking = window.setTimeout(() => void ask(), PAUSE_MS);
  }

  /** Somebody found goes to their side of the row, and wherever else the note names the same one. */
  #found(button: HTMLElement): void {
    const field = button.closest(".choices")?.querySelector<HTMLInputElement>("[data-whom]");
    const key = button.dataset["whose"] === "ours" ? field?.dataset["ours"] : field?.dataset["theirs"];
    const value = button.dataset["choice"] ?? "";
    if (!field || !key) return;
    for (const same of JSON.parse(field.dataset["same"] ?? "[]") as string[]) this.#corrections[same] = value;
    this.#correct(key, value);
  }

  #correct(key: string, value: string): void {
    if (value === "back") delete this.#corrections[key];
    else this.#corrections[key] = value;
    this.#drafts.write(this.#box, this.#draft());
    void this.#understand();
  }

  readonly #keyed = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      this.#form.requestSubmit();
    } else if (event.key === "Escape" && target === this.#words) {
      target.blur();
    } else if (event.key === "Enter" && target instanceof HTMLInputElement && target.dataset["theirs"]) {
      event.preventDefault();
      target.closest(".choices")?.querySelector<HTMLElement>("[data-whose]")?.click();
    } else if (event.key === "Enter" && target instanceof HTMLInputElement && target.dataset["piece"]) {
      event.preventDefault();
      this.#correct(target.dataset["piece"], target.value);
    } else if (event.key === "Enter" && target.dataset["other"] && target.dataset["fix"]) {
      event.preventDefault();
      this.#correct(target.dataset["fix"], target.dataset["other"]);
    } else if (event.key === "Backspace" && !isField(target)) {
      const row = target.closest<HTMLElement>("[data-piece-row]")?.dataset["pieceRow"];
      if (row) this.#correct(row, "");
    }
  };

  // ── keeping ──

  readonly #submitted = (event: Event): void => {
    if (event.target !== this.#form) return;
    event.preventDefault();
    if (this.#words.value.trim() !== "") void this.#keep(this.#draft());
  };

  async #keep(draft: Draft): Promise<void> {
    const button = this.#form.querySelector<HTMLButtonElement>(".capture__foot button");
    if (button) button.disabled = true;
    const answer = await fetch(this.#form.action, this.#post(draft)).catch(() => null);
    if (button) button.disabled = false;
    if (answer === null) this.#putAside({ ...draft, url: this.#form.action });
    else if (answer.ok) this.#kept(draft, await answer.text());
    else this.#refused(await answer.text());
  }

  #kept(draft: Draft, html: string): void {
    this.#lastKept = draft;
    // A note that waited may arrive while the next one is being written.
    if (draft.id === this.#id) this.#empty();
    const place = this.#keptPlace;
    if (place) {
      place.replaceChildren(...parsed(html).childNodes);
      htmx.process(place);
    }
    void refresh();
    this.dispatchEvent(new CustomEvent("kept", { bubbles: true, detail: { id: draft.id } }));
  }

  #refused(html: string): void {
    const says = parsed(html).querySelector(".capture__error")?.textContent?.trim();
    this.#say(says || (this.dataset["lost"] ?? ""));
  }

  #putAside(note: Unsent): void {
    if (!this.#drafts.setAside(note)) return this.#say(this.dataset["lost"] ?? "");
    this.#empty();
    this.#waiting();
  }

  readonly #sendUnsent = async (): Promise<void> => {
    clearTimeout(this.#retry);
    for (const note of this.#drafts.unsent()) {
      const answer = await fetch(note.url, this.#post(note)).catch(() => null);
      if (!answer?.ok) break;
      this.#drafts.sent(note.id);
      this.#kept(note, await answer.text());
    }
    this.#waiting();
  };

  #waiting(): void {
    const isWaiting = this.#drafts.unsent().length > 0;
    const state = this.querySelector(".capture__state");
    if (state) state.textContent = isWaiting ? (this.dataset["offline"] ?? "") : "";
    if (isWaiting) this.#retry = window.setTimeout(() => void this.#sendUnsent(), RETRY_MS);
  }

  /** The same draft may be open in two tabs: kept in one, it leaves the other, unless more was written there. */
  readonly #keptElsewhere = (event: StorageEvent): void => {
    const gone = this.#drafts.goneBy(event, this.#box);
    if (gone?.id !== this.#id) return;
    if (gone.words === this.#words.value) this.#empty();
    else this.#id = newId();
  };

  /** Undo gives the words back, as a new note. */
  readonly #undone = (): void => {
    // What asked is gone by then, and htmx tells the document.
    document.addEventListener("htmx:after:swap", () => void refresh(), { once: true, signal: this.#leaving.signal });
    if (!this.#lastKept || this.#words.value !== "") return;
    this.#fill(this.#lastKept);
    this.#id = newId();
    this.#lastKept = null;
  };

  // ── the draft ──

  #restore(): void {
    const given = this.querySelector<HTMLElement>(".understood")?.dataset["underlines"] ?? "[]";
    this.#read = { words: this.#words.value, underlines: JSON.parse(given) as Underline[] };
    const draft = this.#drafts.read(this.#box);
    if (draft && this.#words.value === "") {
      this.#id = draft.id;
      this.#fill(draft);
    } else {
      this.#show();
    }
  }

  #fill(draft: Draft): void {
    this.#words.value = draft.words;
    this.#corrections = { ...draft.corrections };
    this.#show();
    void this.#understand();
  }

  #empty(): void {
    this.#drafts.forget(this.#box);
    this.#id = newId();
    this.#corrections = {};
    this.#words.value = "";
    this.#read = { words: "", underlines: [] };
    this.querySelector(".understood")?.replaceChildren();
    this.#sees("");
    this.#say("");
    this.#show();
  }

  #draft(): Draft {
    const about = (this.#form.elements.namedItem("about") as HTMLInputElement | null)?.value ?? "";
    const words = this.#words.value;
    return { id: this.#id, about, words, corrections: this.#corrections, writtenAt: new Date().toISOString() };
  }

  #post(draft: Draft): RequestInit {
    const body = new FormData(this.#form);
    body.set("note_id", draft.id);
    body.set("about", draft.about);
    body.set("words", draft.words);
    body.set("corrections", JSON.stringify(draft.corrections));
    body.set("written_at", draft.writtenAt);
    return { method: "POST", body, headers: { "HX-Request": "true" }, redirect: "error" };
  }

  #say(words: string): void {
    const place = this.querySelector(".capture__error");
    if (place) place.textContent = words;
  }

  get #box(): string {
    return this.getAttribute("box") ?? "";
  }
}

/** What the page shows of the book, asked for anew: each part under `data-fresh` takes the place of its former self. */
async function refresh(): Promise<void> {
  const parts = [...document.querySelectorAll<HTMLElement>("[data-fresh]")];
  if (parts.length === 0) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const page = parsed(await answer.text());
  for (const part of parts) {
    const fresh = page.querySelector<HTMLElement>(`[data-fresh="${CSS.escape(part.dataset["fresh"] ?? "")}"]`);
    if (!fresh || part.contains(document.activeElement)) continue;
    part.replaceWith(fresh);
    htmx.process(fresh);
  }
}

function marked(segment: { text: string; ink: string }): Node {
  if (segment.ink === "") return document.createTextNode(segment.text);
  const mark = document.createElement("mark");
  mark.className = `mark--${segment.ink}`;
  mark.textContent = segment.text;
  return mark;
}

function parsed(html: string): DocumentFragment {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

function rowKeys(section: HTMLElement): string[] {
  return [...section.querySelectorAll<HTMLElement>("[data-piece-row]")].map((row) => row.dataset["pieceRow"] ?? "");
}

function isField(element: Element): boolean {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}

customElements.define("note-box", NoteBox);
