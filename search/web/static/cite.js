// Where something stands: source lines and links that open the reader at a span.

import { el } from "./dom.js";
import { t } from "./i18n.js";
import { address, read } from "./state.js";

/** Address of this page with a report open at a span. */
export const openAddress = (id, start, end) => address({ ...read(), open: `${id}:${start}-${end}` });

/** A link that opens the reader; `app.js` takes the click. */
export function openLink(place, className, ...children) {
  return el("a", { href: openAddress(place.report_id, place.start, place.end), class: className, "data-open": true }, ...children);
}

/** Title, publisher and year, those that the title doesn't say already; of a hit or a line of the list of reports. */
export function sourceLine(source) {
  const parts = [source.title];
  if (source.publisher && !source.title.includes(source.publisher)) parts.push(source.publisher);
  if (source.year && !source.title.includes(String(source.year))) parts.push(String(source.year));
  return el("span", { class: "dotted" }, parts.map((part) => el("span", {}, part)));
}

/** A heading as Chinese typography has it: 一、师资, （一）规模; other numbers keep their space. */
export const heading = (text) => text.replace(/^([一二三四五六七八九十百]+) /, "$1、").replace(/^（(.+?)） /, "（$1）");

/** The headings above a passage. */
export function sectionPath(path) {
  if (!path.length) return null;
  return el("p", { class: "path" }, path.map((name, i) => [i ? el("span", { class: "step", "aria-hidden": "true" }, "›") : null, el("span", {}, heading(name))]));
}

function valueMarked(quote, value) {
  const at = value ? quote.indexOf(value) : -1;
  return at < 0 ? quote : [quote.slice(0, at), el("mark", {}, value), quote.slice(at + value.length)];
}

/** "quote" —— title, publisher, headings, address: as one pastes it into a letter. */
export function cited(quote, source, place) {
  const parts = source ? [`《${source.title}》`, source.publisher, source.year && `${source.year}`, (source.section || []).map(heading).join(" › ")] : [];
  const link = new URL(openAddress(place.report_id, place.start, place.end), location.origin);
  return `“${quote.trim()}”——${parts.filter(Boolean).join("，")}\n${link.href}`;
}

/** A button that copies what `words` gives. */
export function copyButton(words, label = "copy") {
  const button = el("button", { type: "button", class: "quiet copy", onclick: async () => {
    await navigator.clipboard.writeText(await words());
    button.textContent = t("copied");
    setTimeout(() => (button.textContent = t(label)), 2000);
  } }, t(label));
  return button;
}

/** A quotation with its source; without the quotation where a table shows it. */
export function citation(one, sources, quoted = true, value = "") {
  const source = sources.get(one.passage_id) || sources.get(one.report_id);
  return el(
    "figure",
    { class: "citation" },
    quoted ? el("blockquote", { lang: "zh-CN" }, valueMarked(one.quote, value)) : null,
    el("figcaption", {}, openLink(one, "cite", source ? sourceLine(source) : t("open")), source?.section ? sectionPath(source.section) : null, copyButton(() => cited(one.quote, source, one))),
  );
}
