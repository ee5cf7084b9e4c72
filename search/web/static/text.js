// Spans of text. The API counts code points, JavaScript counts UTF-16 units; they differ outside the basic plane.

import { el } from "./dom.js";

const ASTRAL = /[\u{10000}-\u{10FFFF}]/u;

/** A text that can be sliced by code points. */
export class Text {
  constructor(string) {
    this.string = string;
    this.units = ASTRAL.test(string) ? unitOffsets(string) : null;
    this.length = this.units ? this.units.length - 1 : string.length;
  }

  /** UTF-16 offset of a code point. */
  unit(point) {
    const at = Math.max(0, Math.min(point, this.length));
    return this.units ? this.units[at] : at;
  }

  slice(start, end) {
    return this.string.slice(this.unit(start), this.unit(end));
  }
}

function unitOffsets(string) {
  const offsets = [];
  let at = 0;
  for (const character of string) {
    offsets.push(at);
    at += character.length;
  }
  offsets.push(at);
  return offsets;
}

/** Nodes of text[start:end] with the parts inside `spans` marked; spans are sorted and don't overlap. */
export function marked(text, spans, start = 0, end = text.length, className = "") {
  const nodes = [];
  let at = start;
  for (const [from, to] of spans) {
    const left = Math.max(from, at);
    const right = Math.min(to, end);
    if (left >= right) continue;
    if (left > at) nodes.push(text.slice(at, left));
    nodes.push(el("mark", { class: className || null }, text.slice(left, right)));
    at = right;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

/** Spans [start, end] of the lines of text[start:end]. */
export function lines(text, start = 0, end = text.length) {
  const found = [];
  let at = start;
  for (const line of text.slice(start, end).split("\n")) {
    const length = text.units ? [...line].length : line.length;
    found.push([at, at + length]);
    at += length + 1;
  }
  return found;
}

/** Spans of the cells of a line, parted by tabs. */
export function cells(text, start, end) {
  const found = [];
  let at = start;
  for (const cell of text.slice(start, end).split("\t")) {
    const length = text.units ? [...cell].length : cell.length;
    found.push([at, at + length]);
    at += length + 1;
  }
  return found;
}
