/** Once a link with `data-after` was followed (a telephone, a letter), offers the notebook with the name set. The link does
 *  what it does; the offer waits at the foot of the page until it is taken or the page is left.
 *    <how-was-it hidden><p>How was it? <a href="">Write it down</a></p></how-was-it> */
export class HowWasIt extends HTMLElement {
  #leaving = new AbortController();

  connectedCallback(): void {
    this.#leaving = new AbortController();
    document.addEventListener("click", this.#followed, { signal: this.#leaving.signal });
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
  }

  readonly #followed = (event: MouseEvent): void => {
    const after = (event.target as Element).closest<HTMLElement>("a[data-after]")?.dataset["after"];
    const link = this.querySelector("a");
    if (!after || !link) return;
    link.href = after;
    this.hidden = false;
  };
}

customElements.define("how-was-it", HowWasIt);
