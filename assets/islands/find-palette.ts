/** The palette: opens over the page, asks the server as one types (htmx, in the HTML), arrows walk what was found.
 *  Without script the search page does the same.
 *    <find-palette><dialog>…<input type="search" hx-get="/search/">…<div id="palette-found"></div></dialog></find-palette> */
export class FindPalette extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("keydown", this.#keyed);
    this.addEventListener("click", this.#clicked);
  }

  disconnectedCallback(): void {
    this.removeEventListener("keydown", this.#keyed);
    this.removeEventListener("click", this.#clicked);
  }

  /** Opens with an empty field, which asks for pages and acts. */
  open(): void {
    const field = this.#field;
    if (!field || this.#dialog?.open) return;
    this.#dialog?.showModal();
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  get #field(): HTMLInputElement | null {
    return this.querySelector("input[type=search]");
  }

  get #hits(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".found__hit")];
  }

  readonly #keyed = (event: KeyboardEvent): void => {
    const hits = this.#hits;
    const at = hits.indexOf(document.activeElement as HTMLElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (hits[next] ?? this.#field)?.focus();
    } else if (event.key === "Enter" && event.target === this.#field && hits[0]) {
      event.preventDefault();
      hits[0].click();
    } else if (at !== -1 && event.key.length === 1 && !event.metaKey && !event.ctrlKey) {
      this.#field?.focus();
    }
  };

  readonly #clicked = (event: Event): void => {
    if (event.target === this.#dialog) this.#dialog?.close();
  };
}

customElements.define("find-palette", FindPalette);
