// Tables of reports, whole or as the rows around a cell.

import { el } from "./dom.js";
import { t } from "./i18n.js";
import { cells, lines, marked } from "./text.js";

const NEIGHBOURS = 2;

/** A table of the API; cells that touch the span are marked. `around` keeps only the rows near it. */
export function tableOf(table, span = [0, 0], around = false) {
  const hits = table.rows.map((row) => row.map((cell) => touches(cell, span)));
  const rows = around ? near(table.rows, hits) : table.rows.map((row, i) => [row, i]);
  const body = rows.map(([row, i]) => el("tr", { class: hits[i].includes(true) ? "row-hit" : null }, row.map((cell, j) => cellOf(cell.text, hits[i][j], j === 0))));
  return frame(
    table.caption || t("table"),
    [
      table.unit ? el("p", { class: "unit" }, `${t("unit")}：${table.unit}`) : null,
      el(
        "table",
        {},
        el("caption", {}, table.caption || t("table")),
        table.columns.some(Boolean) ? el("thead", {}, el("tr", {}, table.columns.map((name, j) => el("th", { scope: "col", class: columnHit(hits, j) ? "column-hit" : null }, name)))) : null,
        el("tbody", {}, body),
      ),
      table.source ? el("p", { class: "source" }, table.source) : null,
    ],
  );
}

/** A passage of tab-parted rows, with its highlights. */
export function passageTable(text, highlights, label) {
  const rows = lines(text).map(([start, end]) => cells(text, start, end).map(([from, to]) => el("td", {}, marked(text, highlights, from, to))));
  return frame(label, el("table", {}, el("tbody", {}, rows.filter((row) => row.length).map((row) => el("tr", {}, row)))));
}

function frame(label, children) {
  return el("div", { class: "table", role: "group", tabindex: 0, "aria-label": label }, children);
}

function cellOf(text, hit, head) {
  const content = hit ? el("mark", { class: "cell" }, text) : text;
  return head ? el("th", { scope: "row" }, content) : el("td", {}, content);
}

const touches = (cell, [start, end]) => cell.start < cell.end && cell.start >= start && cell.end <= end;

const columnHit = (hits, j) => hits.filter((row) => row[j]).length === 1 && hits.flat().filter(Boolean).length === 1;

function near(rows, hits) {
  const at = hits.findIndex((row) => row.includes(true));
  const first = Math.max(0, at - NEIGHBOURS);
  return rows.map((row, i) => [row, i]).slice(first, first + 2 * NEIGHBOURS + 1);
}
