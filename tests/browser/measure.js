// Evaluated in a page by looking.py: every drawn line of text, measured. Returns what is wrong as sentences.
() => {
  const LEFT_OUT = [
    ".hidden-visually, .capture__mirror, .skip, .bar, script, style, option",
    "[popover]:not(:popover-open), dialog:not([open])",
  ].join();
  const found = new Set();
  const quoted = (node) => `“${node.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}”`;
  const upward = function* (el) {
    for (let at = el; at; at = at.parentElement) yield at;
  };
  // A dialog that is open lies over the page on purpose: then it alone is looked at.
  const modal = [...document.querySelectorAll("dialog:modal")].at(-1);
  // What is opened or picked lies over the list below it on purpose, on a ground of its own.
  const LAID_OVER = ":popover-open, .list__choices, [data-has-picked] .edit-bar, [data-has-picked] .edit-jump";
  const sheetOf = (el) => el.closest(LAID_OVER);
  const isHidden = (el) =>
    (modal && !modal.contains(el)) ||
    el.closest(LEFT_OUT) ||
    !el.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) ||
    [...upward(el)].some((at) => getComputedStyle(at).clipPath !== "none");
  const scrolls = (el) => ["auto", "scroll"].includes(getComputedStyle(el).overflowX);
  const hides = (overflow) => ["hidden", "clip"].includes(overflow);

  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const el = node.parentElement;
    if (!node.textContent.trim() || isHidden(el)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width >= 1 && box.height >= 1) lines.push({ node, el, box });
  }

  const page = document.documentElement.clientWidth;
  for (const { node, el, box } of lines) {
    if ([...upward(el)].some(scrolls)) continue;
    if (box.right > page + 1) found.add(`${quoted(node)} runs out of the page on the right.`);
    if (box.left < -1) found.add(`${quoted(node)} runs out of the page on the left.`);
  }
  const isSideways = document.scrollingElement.scrollWidth > page + 1;
  if (isSideways && found.size === 0) found.add("The page scrolls sideways.");

  for (const { node, el, box } of lines) {
    for (const at of upward(el)) {
      if (at === document.body) break;
      const { overflowX, overflowY } = getComputedStyle(at);
      const edge = at.getBoundingClientRect();
      const isCutSideways = hides(overflowX) && (box.right > edge.right + 1 || box.left < edge.left - 1);
      const isCutBelow = hides(overflowY) && (box.bottom > edge.bottom + 2 || box.top < edge.top - 2);
      if (isCutSideways || isCutBelow) found.add(`${quoted(node)} is cut off by its box.`);
      if (overflowX !== "visible") break;
    }
  }

  for (const field of document.querySelectorAll("textarea, input:not([type=hidden])")) {
    if (isHidden(field) || field.scrollHeight <= field.clientHeight + 2) continue;
    found.add(`The words in “${field.ariaLabel || field.name}” are cut off.`);
  }

  for (const words of document.querySelectorAll("svg.drawing text")) {
    const frame = words.ownerSVGElement.getBoundingClientRect();
    const box = words.getBoundingClientRect();
    if (box.height === 0) continue;
    if (box.height < 9) found.add(`${quoted(words)} is drawn too small to read.`);
    const isOutSideways = box.left < frame.left - 2 || box.right > frame.right + 2;
    if (isOutSideways || box.top < frame.top - 3 || box.bottom > frame.bottom + 3) {
      found.add(`${quoted(words)} runs out of its drawing.`);
    }
    const around = [...upward(words)].find(scrolls)?.getBoundingClientRect();
    const isSeen = around && box.right > around.left + 1 && box.left < around.right - 1;
    const isWhole = around && box.left >= around.left - 1 && box.right <= around.right + 1;
    if (isSeen && !isWhole && words.checkVisibility({ checkOpacity: true })) {
      found.add(`${quoted(words)} is cut at the edge of its drawing.`);
    }
  }

  // Letters fill the middle of their line box: only that part must not meet another's.
  const cores = lines.map(({ node, box }) => ({
    node,
    left: box.left + 0.5,
    right: box.right - 0.5,
    top: box.top + box.height * 0.22,
    bottom: box.bottom - box.height * 0.22,
  }));
  cores.sort((a, b) => a.top - b.top);
  cores.forEach((a, place) => {
    for (const b of cores.slice(place + 1)) {
      if (b.top >= a.bottom) break;
      if (a.node === b.node || a.left >= b.right || b.left >= a.right || a.top >= b.bottom) continue;
      if (sheetOf(a.node.parentElement) !== sheetOf(b.node.parentElement)) continue;
      found.add(`${quoted(a.node)} lies over ${quoted(b.node)}.`);
    }
  });
  return [...found];
}
