import htmx from "htmx.org";

/** The map: a point that is clicked is shown in the sheet beside the drawing, and what is drawn of it takes the place of the
 *  one before. Without script each point, and what follows it, is a link to the page with that one chosen.
 *    <tune-map><svg>…<a data-point href>…<g data-chosen="wide">…</svg><section id="map-chosen"><template>…  */
export class TuneMap extends HTMLElement {
  #leaving = new AbortController();

  connectedCallback(): void {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.addEventListener("click", this.#clicked, { signal });
    this.addEventListener("htmx:before:request", this.#asked, { signal });
    document.addEventListener("htmx:after:swap", this.#swapped, { signal });
    this.#makeRoom();
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
  }

  get #sheet(): HTMLElement | null {
    return this.querySelector("#map-chosen");
  }

  readonly #clicked = (event: MouseEvent): void => {
    const point = (event.target as Element).closest<SVGAElement>("a[data-point]");
    if (!point || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    void htmx.ajax("GET", point.href.baseVal, { target: "#map-chosen", swap: "outerHTML" });
  };

  #focused = "";

  readonly #asked = (): void => {
    this.#focused = this.#sheet?.contains(document.activeElement) ? (document.activeElement?.id ?? "") : "";
  };

  readonly #swapped = (): void => {
    const drawn = this.#sheet?.querySelector("template")?.content;
    if (!drawn) return;
    for (const place of this.querySelectorAll<SVGGElement>("[data-chosen]")) {
      const fresh = drawn.querySelector(`[data-sheet="${place.dataset["chosen"] ?? ""}"]`);
      if (fresh) place.replaceChildren(...[...fresh.childNodes].map((shape) => shape.cloneNode(true)));
    }
    this.#makeRoom();
    const focused = this.#focused && document.getElementById(this.#focused);
    if (focused) focused.focus({ preventScroll: true });
    this.#focused = "";
  };

  /** Names that lie under that of the chosen one stand back. */
  #makeRoom(): void {
    for (const place of this.querySelectorAll<SVGGElement>("[data-chosen]")) {
      const chosen = place.querySelector("text")?.getBoundingClientRect();
      for (const name of place.ownerSVGElement?.querySelectorAll<SVGTextElement>(".map__name:not(.map__hover)") ?? []) {
        if (place.contains(name)) continue;
        name.removeAttribute("visibility");
        if (chosen && meet(name.getBoundingClientRect(), chosen)) name.setAttribute("visibility", "hidden");
      }
    }
  }
}

function meet(one: DOMRect, other: DOMRect): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

customElements.define("tune-map", TuneMap);
