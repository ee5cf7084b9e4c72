// The reader: a report open at a span, its section tree beside it.

import { report } from "./api.js";
import { cited, copyButton, heading } from "./cite.js";
import { el, show } from "./dom.js";
import { findBar } from "./find.js";
import { count, t, valueLabel } from "./i18n.js";
import { problemNotice } from "./problem.js";
import { tableOf } from "./tables.js";
import { lines, marked, Text } from "./text.js";

/** Opens `dialog` with a report at `place`; `leave` is called when the user closes it. */
export async function openReader(dialog, place, leave) {
  dialog.onclose = leave;
  dialog.onclick = (event) => event.target === dialog && dialog.close();
  show(dialog, bar(dialog, null), el("p", { class: "loading" }, t("loading")));
  if (!dialog.open) dialog.showModal();
  try {
    const whole = await report(place.id);
    if (dialog.open) draw(dialog, whole, place);
  } catch (problem) {
    show(dialog, bar(dialog, null), problemNotice(problem, () => openReader(dialog, place, leave)));
  }
}

function draw(dialog, whole, place) {
  const text = new Text(whole.text);
  const span = [place.start, place.end];
  const body = el("article", { class: "report", lang: "zh-CN", tabindex: -1 }, sectionNodes(whole, text, span));
  const tree = treeNodes(whole, (id) => reveal(body.querySelector(`[data-section="${id}"]`)));
  const wide = matchMedia("(min-width: 62rem)").matches;
  const nav = el("details", { class: "tree", open: wide }, el("summary", {}, t("sections")), el("nav", { "aria-label": t("sections") }, tree));
  show(dialog, bar(dialog, whole, body, place.start < place.end ? () => quotation(whole, text, place) : null), el("div", { class: "spread" }, nav, body));
  follow(whole, body, nav);
  const target = body.querySelector("mark.cited, mark.cell, .table.cited") || body;
  body.focus({ preventScroll: true });
  if (target !== body) target.scrollIntoView({ block: "center" });
}

/** The cited words with their source, as the clipboard gets them. */
function quotation(whole, text, place) {
  const at = whole.sections.findLast((one) => one.start <= place.start && one.kind !== "title");
  const path = [];
  for (let one = at; one && one.kind !== "title"; one = whole.sections[one.parent]) path.unshift(`${one.number} ${one.title}`.trim());
  return cited(text.slice(place.start, place.end), { ...whole, section: path.filter(Boolean) }, { report_id: whole.id, start: place.start, end: place.end });
}

function bar(dialog, whole, body, words = null) {
  const facts = whole ? [whole.publisher, whole.year, whole.kind && valueLabel("kind", whole.kind), t("characters", { n: count(whole.characters) })] : [];
  return el(
    "header",
    { class: "reader-bar" },
    el("div", { class: "reader-head" }, el("h2", { id: "reader-title" }, whole ? whole.title : t("reports")), el("p", { class: "meta" }, facts.filter(Boolean).map((fact) => el("span", {}, String(fact))))),
    words ? copyButton(words) : null,
    body ? findBar(body) : null,
    el("button", { type: "button", class: "close", "aria-label": t("close"), onclick: () => dialog.close() }, "×"),
  );
}

/** The whole canonical text, section by section; nothing is left out. */
function sectionNodes(whole, text, span) {
  const tables = new Map(whole.tables.map((table) => [table.section, table]));
  const depths = [];
  return whole.sections.map((section) => {
    depths.push(section.parent === null ? 0 : depths[section.parent] + 1);
    const table = tables.get(section.id);
    return el(
      "section",
      { "data-section": section.id, class: `kind-${section.kind}` },
      headline(section, depths[section.id], text, span),
      table ? aroundTable(table, section, text, span) : paragraphs(text, section.body, section.end, span),
    );
  });
}

function headline(section, depth, text, span) {
  const words = text.slice(section.start, section.body);
  if (!words.trim()) return null;
  const tag = `h${Math.min(6, 3 + depth)}`;
  return el(tag, {}, lines(text, section.start, section.body).map(([start, end]) => (start < end ? marked(text, [span], start, end, "cited") : null)));
}

function aroundTable(table, section, text, span) {
  return [
    paragraphs(text, section.body, Math.max(section.body, table.start), span),
    tableOf(table, span, { captioned: false }),
    paragraphs(text, table.end, section.end, span),
  ];
}

function paragraphs(text, from, to, span) {
  if (from >= to) return [];
  return lines(text, from, to)
    .filter(([start, end]) => start < end)
    .map(([start, end]) => el("p", {}, marked(text, [span], start, end, "cited")));
}

/** The tree as nested lists of buttons. */
function treeNodes(whole, go) {
  const under = new Map();
  for (const section of whole.sections) {
    if (section.kind === "title" || section.kind === "lead" || !(section.number || section.title)) continue;
    const parent = section.parent !== null && whole.sections[section.parent].kind !== "title" ? section.parent : null;
    under.set(parent, [...(under.get(parent) || []), section]);
  }
  const list = (parent) =>
    el("ul", {}, (under.get(parent) || []).map((section) => el("li", {}, el("button", { type: "button", "data-to": section.id, onclick: () => go(section.id) }, label(section)), under.has(section.id) ? list(section.id) : null)));
  return under.size ? list(null) : el("p", {}, t("nothing"));
}

/** A section as the tree names it; a case whose number stands alone is called a case. */
function label({ kind, number, title }) {
  const whole = heading(`${number} ${title}`.trim());
  return kind === "case" && /^\d/.test(whole) ? t("caseNumber", { x: whole }) : whole;
}

function reveal(node) {
  if (node) node.scrollIntoView({ block: "start" });
}

/** Marks in the tree the section that is being read, or the one that a nameless section stands under. */
function follow(whole, body, nav) {
  const named = (id) => {
    const button = nav.querySelector(`[data-to="${id}"]`);
    const { parent } = whole.sections[id];
    return button || (parent === null ? null : named(parent));
  };
  const inSight = new Set();
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) inSight.add(entry.target);
        else inSight.delete(entry.target);
      }
      const button = [...inSight].map((one) => Number(one.dataset.section)).sort((a, b) => b - a).map(named).find(Boolean);
      if (!button || button.hasAttribute("aria-current")) return;
      nav.querySelector('[aria-current="true"]')?.removeAttribute("aria-current");
      button.setAttribute("aria-current", "true");
      if (nav.open) button.scrollIntoView({ block: "nearest" });
    },
    { root: body, rootMargin: "0px 0px -85% 0px" },
  );
  for (const section of body.children) seen.observe(section);
}
