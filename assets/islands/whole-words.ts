/** Shows the words of a drawing whole or not at all: what an edge of the box it scrolls in would cut through fades away,
 *  with the stem that ties it to its place, and comes back as it scrolls into view. */
export function fadeCutWords(box: HTMLElement): void {
  const view = box.getBoundingClientRect();
  const words = Array.from(box.querySelectorAll("text"), (text) => ({
    shown: text.closest("g") ?? text,
    isCut: isCut(text.getBoundingClientRect(), view),
  }));
  // All is measured before anything changes, so that the page is laid out once.
  for (const { shown, isCut } of words) shown.classList.toggle("drawing__cut", isCut);
}

interface Span {
  readonly left: number;
  readonly right: number;
}

/** Partly in view. Half a pixel is the rounding of letters, and cuts nothing. */
export function isCut(words: Span, view: Span): boolean {
  const isSeen = words.right > view.left && words.left < view.right;
  return isSeen && (words.left < view.left - 0.5 || words.right > view.right + 0.5);
}
