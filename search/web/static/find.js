// Find in a report, marked with the browser's own highlights so that the text stays as it is.

import { el } from "./dom.js";
import { t } from "./i18n.js";

const MOST = 5000;
const WAIT_MS = 120;

/** A box that finds words in `body`. */
export function findBar(body) {
  let ranges = [];
  let searched = "";
  let at = -1;
  const amount = el("span", { class: "places", role: "status" });
  const step = (by) => {
    if (!ranges.length) return;
    at = (at + by + ranges.length) % ranges.length;
    paint(ranges, at);
    ranges[at].startContainer.parentElement.scrollIntoView({ block: "center" });
    amount.textContent = t("places", { i: at + 1, n: ranges.length });
  };
  const search = () => {
    clearTimeout(timer);
    searched = input.value;
    ranges = rangesOf(body, input.value.trim().toLowerCase());
    at = -1;
    paint(ranges, at);
    amount.textContent = input.value.trim() && !ranges.length ? t("nothing") : "";
    step(1);
  };
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(search, WAIT_MS);
  };
  const input = el("input", { type: "search", "aria-label": t("find"), placeholder: t("find"), autocomplete: "off", oninput: later });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (searched !== input.value) return search();
    step(event.shiftKey ? -1 : 1);
  });
  const button = (name, sign, by) => el("button", { type: "button", "aria-label": t(name), onclick: () => step(by) }, sign);
  return el("div", { class: "find" }, input, amount, button("previous", "↑", -1), button("next", "↓", 1));
}

function rangesOf(body, wanted) {
  const found = [];
  if (!wanted) return found;
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && found.length < MOST; node = walker.nextNode()) {
    const text = node.data.toLowerCase();
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, Math.min(at + wanted.length, node.length));
      found.push(range);
    }
  }
  return found;
}

function paint(ranges, at) {
  if (!CSS.highlights) return;
  CSS.highlights.set("found", new Highlight(...ranges));
  CSS.highlights.set("found-now", new Highlight(...(ranges[at] ? [ranges[at]] : [])));
}
