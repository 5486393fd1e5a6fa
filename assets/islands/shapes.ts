const SVG = "http://www.w3.org/2000/svg";
const FONT = "400 11px Inter, system-ui, sans-serif";

/** Builds one drawing. Inks are classes of `drawing.css`; nothing here sets a style. */
export class Shapes {
  readonly svg: SVGSVGElement;
  #into: SVGElement;

  constructor(width: number, height: number, label: string) {
    this.svg = document.createElementNS(SVG, "svg");
    this.svg.setAttribute("class", "drawing");
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("width", String(width));
    this.svg.setAttribute("height", String(height));
    this.svg.setAttribute("role", "img");
    this.svg.setAttribute("aria-label", label);
    this.#into = this.svg;
  }

  /** What is drawn meanwhile belongs together: words with their stem. */
  together(draw: () => void): void {
    const around = this.#into;
    this.#into = document.createElementNS(SVG, "g");
    around.append(this.#into);
    draw();
    this.#into = around;
  }

  line(x1: number, y1: number, x2: number, y2: number, ink: string, width = 1, dashes = ""): void {
    const extra = dashes === "" ? {} : { "stroke-dasharray": dashes };
    this.#add("line", { class: ink, x1, y1, x2, y2, "stroke-width": width, ...extra });
  }

  block(x: number, y: number, width: number, height: number, ink: string): void {
    this.#add("rect", { class: `${ink} drawing__block`, x, y, width: Math.max(0, width), height: Math.max(0, height) });
  }

  /** Full is ours, a ring is theirs. */
  dot(x: number, y: number, radius: number, ink: string, isRing = false, width = 1.4): void {
    const shape = isRing ? "drawing__ring" : "drawing__full";
    this.#add("circle", { class: `${ink} ${shape}`, cx: x, cy: y, r: radius, "stroke-width": width });
  }

  area(d: string | null, ink: string): void {
    if (d) this.#add("path", { class: `${ink} drawing__area`, d });
  }

  path(d: string | null, ink: string, width: number): void {
    if (d) this.#add("path", { class: ink, d, "stroke-width": width });
  }

  text(x: number, y: number, words: string, ink: string, anchor: "start" | "middle" | "end" = "start"): void {
    if (words !== "") this.#add("text", { class: ink, x, y, "text-anchor": anchor }).textContent = words;
  }

  #add(name: string, attributes: Record<string, string | number>): SVGElement {
    const shape = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) {
      shape.setAttribute(key, typeof value === "number" ? String(Math.round(value * 10) / 10) : value);
    }
    this.#into.append(shape);
    return shape;
  }
}

let ruler: CanvasRenderingContext2D | null = null;

/** How wide words stand in a drawing, in pixels. */
export function textWidth(words: string): number {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!ruler) return words.length * 6.2;
  ruler.font = FONT;
  return ruler.measureText(words).width;
}
