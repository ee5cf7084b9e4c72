// The answer card: one form for each shape of answer.

import { report } from "./api.js";
import { citation, sourceLine } from "./cite.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { tableOf } from "./tables.js";

const FIGURE = /[-−]?\d(?:[\d,，]*\d)?(?:\.\d+)?\s*(?:万亿|亿|万|千|百)?\s*(?:%|％|‰|个百分点|平方米|人次|元|美元|人|名|台|所|个|项|门|家|册|亩|篇|件|次|种|学时|课时|[:：]\s*\d+(?:\.\d+)?)?/g;

const LONG = 60;

/** The card for a result; `sources` gives hits and reports by passage and report id. */
export function answerCard(result, sources) {
  const answer = result.answer;
  const shape = shapeOf(answer);
  return el(
    "section",
    { class: `answer ${shape}`, "aria-labelledby": "answer-title" },
    el("header", {}, el("h2", { id: "answer-title" }, t(answer.answered ? "answer" : "none")), answer.answered ? confidence(answer.confidence) : null),
    FORMS[shape](answer, sources),
  );
}

/** Which form an answer takes; several sides with a value each make a comparison. */
export function shapeOf(answer) {
  if (!answer.answered || answer.kind === "none") return "none";
  if (answer.kind !== "list" && answer.items.length > 1) return "compare";
  return answer.kind;
}

const FORMS = {
  none: (answer) => (answer.text ? el("p", { class: "said" }, answer.text) : null),
  text: (answer, sources) => [said(answer.text), evidence(answer.citations, sources, answer.text)],
  number: (answer, sources) => [figure(answer.text), evidence(answer.citations, sources)],
  cell: (answer, sources) => [figure(answer.text), cellTable(answer.citations[0]), evidence(answer.citations, sources, null)],
  list: (answer, sources) => [
    answer.text && !answer.items.length ? said(answer.text) : null,
    el("p", { class: "amount" }, t("items", { n: answer.items.length })),
    el("ol", { class: "items" }, answer.items.map((item) => el("li", {}, entity(item, sources)))),
    answer.items.length ? null : evidence(answer.citations, sources),
  ],
  compare: (answer, sources) => [
    answer.text ? said(answer.text) : null,
    el(
      "div",
      { class: "sides" },
      answer.items.map((item) => el("section", { class: "side" }, el("h3", {}, item.name), figure(item.text), evidence(item.citations, sources))),
    ),
  ],
};

function said(text) {
  return el("p", { class: text.length > LONG ? "said long" : "said" }, text);
}

/** The value large, the words around it small; a text without a figure stays a sentence. */
function figure(text) {
  const value = [...text.matchAll(FIGURE)].find((match) => !/^\s*年/.test(text.slice(match.index + match[0].length)));
  if (!value || text.length > 2 * LONG) return said(text);
  const end = value.index + value[0].length;
  const rest = [text.slice(0, value.index), text.slice(end)];
  return el("p", { class: "figure" }, rest[0], el("strong", {}, value[0].trim()), rest[1]);
}

function confidence(value) {
  const grade = value >= 0.75 ? "high" : value >= 0.5 ? "middle" : "low";
  return el("p", { class: `confidence ${grade}` }, el("span", { class: "dots", "aria-hidden": "true" }), `${t("confidence")} ${t(grade)}`);
}

/** Citations; a quotation that was already `said` is not repeated, and with null none is shown. */
function evidence(citations, sources, said = "") {
  const quoted = (one) => said !== null && !said.includes(one.quote);
  return citations.length ? el("div", { class: "evidence" }, citations.map((one) => citation(one, sources, quoted(one)))) : null;
}

/** An item of a list: its name, what is said of it, and its evidence when opened. */
function entity(item, sources) {
  const first = item.citations[0];
  const source = first && (sources.get(first.passage_id) || sources.get(first.report_id));
  return el(
    "details",
    {},
    el("summary", {}, el("span", { class: "entity" }, item.name || item.text), source ? el("span", { class: "from" }, sourceLine(source)) : null),
    item.name && item.text && !item.citations.some((one) => one.quote === item.text) ? el("p", {}, item.text) : null,
    evidence(item.citations, sources),
  );
}

/** The rows around the cited cell, fetched with the report. */
function cellTable(cited) {
  const place = el("div", { class: "cell-table" });
  if (cited) {
    report(cited.report_id)
      .then((whole) => {
        const table = whole.tables.find((one) => one.start <= cited.start && cited.end <= one.end);
        if (table) place.append(tableOf(table, [cited.start, cited.end], true));
      })
      .catch(() => place.remove());
  }
  return place;
}
