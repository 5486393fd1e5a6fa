/** Asks this device for a passkey, or to keep a new one, and sends the form with what it gave.
 *  What is asked stands in the form as JSON, or is fetched from `options`. Without script, or without passkeys, it says so.
 *    <passkey-form kind="get"><form method="post" …><input type="hidden" name="credential">
 *      <script type="application/json">…</script><p data-refused hidden>…</p><p data-unable>…</p>
 *      <button type="button" data-ask hidden>…</button></form></passkey-form> */
export class PasskeyForm extends HTMLElement {
  connectedCallback(): void {
    const ask = this.querySelector<HTMLButtonElement>("[data-ask]");
    if (!ask || typeof PublicKeyCredential === "undefined") return;
    ask.hidden = false;
    this.#show("[data-unable]", false);
    ask.addEventListener("click", () => void this.#ask(ask));
  }

  async #ask(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    this.#show("[data-refused]", false);
    try {
      this.#send(await this.#credential());
    } catch {
      this.#show("[data-refused]", true);
      button.disabled = false;
    }
  }

  async #credential(): Promise<PublicKeyCredential> {
    const { publicKey } = (await this.#options()) as { publicKey: never };
    const given =
      this.getAttribute("kind") === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
    if (!(given instanceof PublicKeyCredential)) throw new Error("no passkey was given");
    return given;
  }

  async #options(): Promise<unknown> {
    const address = this.getAttribute("options");
    if (!address) return JSON.parse(this.querySelector("script")?.textContent ?? "{}");
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`the house answered ${String(answer.status)}`);
    return ((await answer.json()) as { request_options: unknown }).request_options;
  }

  #send(credential: PublicKeyCredential): void {
    const field = this.querySelector<HTMLInputElement>("input[name=credential]");
    if (field) field.value = JSON.stringify(credential);
    this.querySelector("form")?.requestSubmit();
  }

  #show(what: string, isShown: boolean): void {
    const found = this.querySelector<HTMLElement>(what);
    if (found) found.hidden = !isShown;
  }
}

customElements.define("passkey-form", PasskeyForm);
