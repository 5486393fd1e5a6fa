import type { FindPalette } from "./find-palette.ts";

const GO_MS = 1500;

/** Single keys for the whole page: `n` writes, `j` and `k` take the next row in hand, an act's `data-key` presses it in
 *  that row, `g` with a letter goes to a page. Off with `data-keys="off"` on the document (WCAG 2.1.4).
 *    <key-map></key-map> */
export class KeyMap extends HTMLElement {
  #goUntil = 0;
  #leaving = new AbortController();

  connectedCallback(): void {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    document.addEventListener("keydown", this.#keyed, { signal });
    document.addEventListener("click", this.#clicked, { signal });
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
  }

  readonly #keyed = (event: KeyboardEvent): void => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (isTyping(event.target) || document.querySelector("dialog[open], :popover-open")) return;
    const isOff = document.documentElement.dataset["keys"] === "off";
    const act = isOff && event.key.length === 1 ? undefined : this.#act(event.key);
    if (act) {
      event.preventDefault();
      act();
    }
  };

  #act(key: string): (() => void) | undefined {
    if (performance.now() < this.#goUntil) {
      this.#goUntil = 0;
      return pressing(document.querySelector(`[data-go="${CSS.escape(key)}"]`));
    }
    if (key === "g") return () => (this.#goUntil = performance.now() + GO_MS);
    if (key === "?") return showKeys;
    if (key === "/") return () => document.querySelector<FindPalette>("find-palette")?.open();
    // What is in hand may say itself what comes next.
    if (key === "j") return pressing(actInHand(key)) ?? (() => take(1));
    if (key === "k") return pressing(actInHand(key)) ?? (() => take(-1));
    if (key === "Enter") return opening(document.activeElement);
    return pressing(actFor(key));
  }

  readonly #clicked = (event: MouseEvent): void => {
    const target = event.target as Element;
    if (target.closest('[data-act="keys"]')) showKeys();
    if (target.closest('[data-act="find"]') && isPlain(event)) {
      event.preventDefault();
      document.querySelector<FindPalette>("find-palette")?.open();
    }
    const row = target.closest<HTMLElement>("[data-row]");
    if (row) inHand(row);
  };
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}

/** A click that asks for no window or tab of its own. */
function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
}

function showKeys(): void {
  document.querySelector<HTMLDialogElement>("dialog#keys")?.showModal();
}

/** The act in the row in hand; else one that belongs to the page, a visible one before one that a phone would show. */
function actFor(key: string): HTMLElement | null {
  const onPage = [...document.querySelectorAll<HTMLElement>(acting(key))].filter((act) => !act.closest("[data-row]"));
  return actInHand(key) ?? onPage.find((act) => act.checkVisibility()) ?? onPage[0] ?? null;
}

function actInHand(key: string): HTMLElement | null {
  return rowInHand()?.querySelector<HTMLElement>(acting(key)) ?? null;
}

function acting(key: string): string {
  return `[data-key="${CSS.escape(key)}"]`;
}

function rowInHand(): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>("[data-row][aria-current]")].find((row) => row.checkVisibility());
}

function pressing(element: HTMLElement | null): (() => void) | undefined {
  if (!element) return undefined;
  return isTyping(element) ? () => element.focus() : () => element.click();
}

/** Enter opens the row in hand, unless something of its own has the focus. */
function opening(focused: Element | null): (() => void) | undefined {
  if (focused?.matches("a, button, summary")) return undefined;
  const href = rowInHand()?.dataset["href"];
  return href ? () => location.assign(href) : undefined;
}

function take(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("main [data-row]")].filter((row) => row.checkVisibility());
  const inHandAt = rows.findIndex((row) => row.hasAttribute("aria-current"));
  // Rows that were added have none in hand yet: one goes on from where the focus was put.
  const at = inHandAt === -1 ? rows.findIndex((row) => row.contains(document.activeElement)) : inHandAt;
  const row = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)];
  if (!row) return;
  inHand(row);
  row.scrollIntoView({ block: "nearest" });
  row.querySelector<HTMLElement>("a, button")?.focus({ preventScroll: true });
}

function inHand(row: HTMLElement): void {
  for (const other of document.querySelectorAll("[data-row][aria-current]")) other.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
}

customElements.define("key-map", KeyMap);
