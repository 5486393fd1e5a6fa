import { readTable, type StripData } from "./strip-data.ts";
import { drawn } from "./strip-drawing.ts";
import { fadeCutWords } from "./whole-words.ts";

const NARROWEST = 960;

/** Three years back and six months ahead: contact above the line, trade below. Draws from the table inside it, which is
 *  its list view, and draws again when its width changes. Emits nothing.
 *    <two-strips label="…" today="2026-10-06"><div class="strips__scroll"></div><div class="strips__list"><table>… */
export class TwoStrips extends HTMLElement {
  #data: StripData | null = null;
  #drawnAt = 0;
  #nextFrame = 0;
  readonly #watch = new ResizeObserver(() => this.#draw());

  connectedCallback(): void {
    this.#data = readTable(this);
    const button = this.#button;
    if (button) button.hidden = false;
    button?.addEventListener("click", this.#turn);
    this.#place?.addEventListener("scroll", this.#scrolled, { passive: true });
    this.#name();
    this.#watch.observe(this);
    void document.fonts.ready.then(() => this.#draw(true));
  }

  disconnectedCallback(): void {
    this.#watch.disconnect();
    cancelAnimationFrame(this.#nextFrame);
    this.#place?.removeEventListener("scroll", this.#scrolled);
    this.#button?.removeEventListener("click", this.#turn);
  }

  get #button(): HTMLButtonElement | null {
    return this.querySelector("[data-list]");
  }

  get #place(): HTMLElement | null {
    return this.querySelector(".strips__scroll");
  }

  readonly #scrolled = (): void => {
    cancelAnimationFrame(this.#nextFrame);
    this.#nextFrame = requestAnimationFrame(() => this.#fade());
  };

  #fade(): void {
    if (this.#place?.clientWidth) fadeCutWords(this.#place);
  }

  readonly #turn = (): void => {
    if (this.getAttribute("view") === "list") this.removeAttribute("view");
    else this.setAttribute("view", "list");
    this.#name();
    this.#draw();
  };

  #name(): void {
    const button = this.#button;
    const isList = this.getAttribute("view") === "list";
    if (button) button.textContent = (isList ? button.dataset["asDrawing"] : button.dataset["asList"]) ?? "";
  }

  #draw(isAgain = false): void {
    const place = this.#place;
    const width = Math.max(NARROWEST, Math.floor(this.clientWidth));
    if (!place || !this.#data || this.clientWidth === 0) return;
    // A narrow page that is turned shows more or less of the same drawing.
    if (width === this.#drawnAt && !isAgain) return this.#fade();
    this.#drawnAt = width;
    place.replaceChildren(drawn(this, this.#data, width));
    // On a narrow page the drawing scrolls sideways and opens at the present.
    place.scrollLeft = place.scrollWidth;
    place.tabIndex = place.scrollWidth > place.clientWidth ? 0 : -1;
    this.#fade();
  }
}

customElements.define("two-strips", TwoStrips);
