/** What a note carries from the device to the server. The id is made here, so a second sending never doubles it. */
export interface Draft {
  readonly id: string;
  readonly about: string;
  readonly words: string;
  readonly corrections: Record<string, string>;
  /** ISO time of writing; "tomorrow" in the note means the day after this, whenever it is sent. */
  readonly writtenAt: string;
}

export interface Unsent extends Draft {
  readonly url: string;
}

/** Drafts and unsent notes of one member on this device. A store that is full or forbidden loses nothing but the safety net. */
export class Drafts {
  readonly #store: Storage;
  readonly #member: string;

  constructor(store: Storage, member: string) {
    this.#store = store;
    this.#member = member;
  }

  read(box: string): Draft | null {
    return this.#read<Draft>(this.#draftKey(box));
  }

  write(box: string, draft: Draft): void {
    if (draft.words.trim() === "") this.forget(box);
    else this.#write(this.#draftKey(box), draft);
  }

  forget(box: string): void {
    this.#store.removeItem(this.#draftKey(box));
  }

  /** The draft that another tab has just forgotten, if the event tells of this box. */
  goneBy(event: StorageEvent, box: string): Draft | null {
    if (event.key !== this.#draftKey(box) || event.newValue !== null || event.oldValue === null) return null;
    return JSON.parse(event.oldValue) as Draft;
  }

  unsent(): Unsent[] {
    return this.#read<Unsent[]>(this.#unsentKey()) ?? [];
  }

  /** Puts a note aside until it can be sent. The same id twice is one note. False when the device would not take it. */
  setAside(note: Unsent): boolean {
    return this.#write(this.#unsentKey(), [...this.unsent().filter((other) => other.id !== note.id), note]);
  }

  sent(id: string): void {
    this.#write(
      this.#unsentKey(),
      this.unsent().filter((note) => note.id !== id),
    );
  }

  /** Takes everything of this member off the device: for signing out, since raw words are nobody else's. */
  forgetAll(): void {
    const keys = Array.from({ length: this.#store.length }, (_, place) => this.#store.key(place) ?? "");
    const mine = keys.filter((key) => key === this.#unsentKey() || key.startsWith(this.#draftKey("")));
    for (const key of mine) this.#store.removeItem(key);
  }

  #draftKey(box: string): string {
    return `ampersand.draft.${this.#member}.${box}`;
  }

  #unsentKey(): string {
    return `ampersand.unsent.${this.#member}`;
  }

  #read<T>(key: string): T | null {
    try {
      return JSON.parse(this.#store.getItem(key) ?? "null") as T | null;
    } catch {
      return null;
    }
  }

  #write(key: string, value: unknown): boolean {
    try {
      this.#store.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }
}

/** A random UUID, also on plain http in a local network, where the browser offers no `randomUUID`. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
