/** Takes files dropped anywhere on it into its file field and sends the form. Without script the field is there.
 *    <drop-files><form …><input type="file" multiple>…</form></drop-files> */
export class DropFiles extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("dragover", this.#over);
    this.addEventListener("dragleave", this.#left);
    this.addEventListener("drop", this.#dropped);
  }

  disconnectedCallback(): void {
    this.removeEventListener("dragover", this.#over);
    this.removeEventListener("dragleave", this.#left);
    this.removeEventListener("drop", this.#dropped);
  }

  readonly #over = (event: DragEvent): void => {
    event.preventDefault();
    this.querySelector(".dropping")?.setAttribute("data-over", "");
  };

  readonly #left = (): void => {
    this.querySelector(".dropping")?.removeAttribute("data-over");
  };

  readonly #dropped = (event: DragEvent): void => {
    event.preventDefault();
    this.#left();
    const field = this.querySelector<HTMLInputElement>("input[type=file]");
    if (!field || !event.dataTransfer?.files.length) return;
    field.files = event.dataTransfer.files;
    field.form?.requestSubmit();
  };
}

customElements.define("drop-files", DropFiles);
