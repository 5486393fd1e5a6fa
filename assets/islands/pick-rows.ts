/** Picks rows of a table: `x` in the row in hand, shift with x or with a click for all up to the one picked last, Escape
 *  none. The bar beside the table stands back until something is picked. Without script each row has its box, and the bar
 *  is there. Delete or Backspace on a chip takes it off.
 *    <pick-rows><table>…<input type="checkbox" name="row" form="edit">…</table><form id="edit">…</form></pick-rows> */
export class PickRows extends HTMLElement {
  #last: HTMLInputElement | null = null;
  #leaving = new AbortController();

  connectedCallback(): void {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    document.addEventListener("keydown", this.#keyed, { signal });
    this.addEventListener("click", this.#clicked, { signal });
    this.addEventListener("change", this.#changed, { signal });
    const all = this.#all;
    if (all) all.hidden = false;
    this.#tell();
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
  }

  get #all(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("[data-pick-all]");
  }

  get #boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("input[name=row]")];
  }

  readonly #keyed = (event: KeyboardEvent): void => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    if ((event.key === "Delete" || event.key === "Backspace") && target?.matches("[data-chip]")) {
      event.preventDefault();
      target.click();
      return;
    }
    if (target?.matches("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && this.#boxes.some((box) => box.checked)) {
      this.#set(this.#boxes, false);
    } else if (event.key.toLowerCase() === "x" && document.documentElement.dataset["keys"] !== "off") {
      const box = this.querySelector<HTMLInputElement>("[data-row][aria-current] input[name=row]");
      if (!box) return;
      event.preventDefault();
      if (event.shiftKey) this.#pickTo(box);
      else this.#set([box], !box.checked);
      this.#last = box;
    }
  };

  readonly #clicked = (event: MouseEvent): void => {
    const box = (event.target as Element).closest<HTMLInputElement>("input[name=row]");
    if (!box) return;
    if (event.shiftKey) this.#pickTo(box, box.checked);
    this.#last = box;
  };

  readonly #changed = (event: Event): void => {
    if (event.target === this.#all) this.#set(this.#boxes, this.#all?.checked ?? false);
    this.#tell();
  };

  #pickTo(box: HTMLInputElement, isPicked = true): void {
    const boxes = this.#boxes;
    const [from, to] = [boxes.indexOf(this.#last ?? box), boxes.indexOf(box)];
    this.#set(boxes.slice(Math.min(from, to), Math.max(from, to) + 1), isPicked);
  }

  #set(boxes: readonly HTMLInputElement[], isPicked: boolean): void {
    for (const box of boxes) box.checked = isPicked;
    this.#tell();
  }

  #tell(): void {
    const boxes = this.#boxes;
    const picked = boxes.filter((box) => box.checked).length;
    this.toggleAttribute("data-has-picked", picked > 0);
    const all = this.#all;
    if (all) {
      all.checked = picked > 0 && picked === boxes.length;
      all.indeterminate = picked > 0 && picked < boxes.length;
    }
    const said = this.querySelector("[data-picked]");
    if (said) said.textContent = picked ? String(picked) : "";
  }
}

customElements.define("pick-rows", PickRows);
