import { Drafts } from "./drafts.ts";

/** Takes the drafts of the member off this device when its form is sent, and says so where a note was not sent yet.
 *  Without script there are no drafts.
 *    <sign-out member="…"><p data-unsent hidden>…</p><form …>…</form></sign-out> */
export class SignOut extends HTMLElement {
  connectedCallback(): void {
    const drafts = new Drafts(localStorage, this.getAttribute("member") ?? "");
    const unsent = this.querySelector<HTMLElement>("[data-unsent]");
    if (unsent) unsent.hidden = drafts.unsent().length === 0;
    this.querySelector("form")?.addEventListener("submit", () => drafts.forgetAll());
  }
}

customElements.define("sign-out", SignOut);
