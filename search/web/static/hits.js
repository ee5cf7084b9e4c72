// The ranked passages.

import { openLink, sectionPath } from "./cite.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { passageTable } from "./tables.js";
import { lines, marked, Text } from "./text.js";

/** Characters by which a heading in the text may be longer than in the path: brackets, a full stop. */
const LEAD = 8;

/** The list of hits under the answer. */
export function hitList(result) {
  if (!result.hits.length) return el("div", { class: "empty" }, el("p", {}, t("noHits")), el("p", {}, t("noHitsDo")));
  return el(
    "section",
    { class: "hits", "aria-labelledby": "hits-title" },
    el(
      "header",
      {},
      el("h2", { id: "hits-title" }, t(result.answer.answered ? "passages" : "near")),
      el("p", { class: "amount" }, t("found", { n: result.hits.length, ms: Math.round(result.took_ms) })),
    ),
    el("ol", {}, result.hits.map((hit) => el("li", {}, hitCard(hit)))),
  );
}

function hitCard(hit) {
  return el(
    "article",
    { class: "hit" },
    el("h3", {}, openLink(hit, "hit-title", hit.title)),
    el("p", { class: "meta" }, facts(hit).map((fact) => el("span", {}, fact))),
    sectionPath(ownHeading(hit) ? hit.section.slice(0, -1) : hit.section),
    passage(hit),
  );
}

function facts(hit) {
  const found = [];
  if (hit.year) found.push(String(hit.year));
  if (hit.publisher) found.push(hit.publisher);
  if (hit.kind !== "text") found.push(t(`passage:${hit.kind}`));
  if (hit.page) found.push(t("page", { n: hit.page }));
  if (hit.also?.length) found.push(t("also", { n: hit.also.length }));
  return found;
}

/** Whether the passage begins with the heading that its path ends with: it need not be said twice. */
function ownHeading(hit) {
  const last = hit.section.at(-1);
  const first = hit.text.split("\n")[0];
  return last !== undefined && first.length < last.length + LEAD && first.includes(last.replace(/^\S+ /, ""));
}

function passage(hit) {
  const own = ownHeading(hit);
  const text = new Text(hit.text);
  if (hit.text.includes("\t")) return passageTable(text, hit.highlights, hit.section.at(-1) || t("table"));
  return el("div", { class: "passage", lang: "zh-CN" }, lines(text).map(([start, end], i) => el("p", { class: own && i === 0 ? "own" : null }, marked(text, hit.highlights, start, end))));
}
