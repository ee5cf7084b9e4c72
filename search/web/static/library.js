// The list of reports: found among, ordered, opened; added to and removed from where the server allows it.

import { abilities, reports } from "./api.js";
import { openAddress } from "./cite.js";
import { el, show } from "./dom.js";
import { count, current, t, valueLabel } from "./i18n.js";
import { problemNotice } from "./problem.js";
import { removeButton, troubleList, uploadBox } from "./uploads.js";

const PAGE = 200;
const MOST = 1000;
const COLUMNS = ["title", "year", "region", "level", "kind", "publisher", "size"];

/** Fills `main` with all reports and a box to find among them; `again` draws it anew after a change, `found` is told what is looked for. */
export async function reportsView(main, signal, { again, find, found }) {
  const [{ total: first, reports: lines }, { changes: allowed }, troubles] = await Promise.all([reports({ limit: PAGE }, signal), abilities(signal), troubleList(signal)]);
  let total = first;
  const rows = el("tbody", {});
  const amount = el("p", { class: "amount", role: "status" });
  const order = { name: "", down: false };
  const draw = () => {
    const wanted = input.value.trim().toLowerCase();
    const partly = lines.length < total && (wanted || order.name);
    const fitting = sorted(lines.filter((line) => words(line).includes(wanted)), order);
    show(rows, fitting.length ? fitting.map((line) => row(line, allowed ? again : null)) : instead(t(partly ? "loading" : total ? "filtered" : "noReports")));
    amount.textContent = t("listed", { n: count(wanted ? fitting.length : total) });
    more.hidden = lines.length >= total;
    more.textContent = t("showMore", { n: total - lines.length });
    if (partly) fetching(rest);
  };
  const fetchMore = async (limit) => {
    const page = await reports({ limit, offset: lines.length }, signal);
    total = page.reports.length ? page.total : lines.length;
    lines.push(...page.reports);
  };
  /** The list must be there whole where something is looked for in it, or it is put in order. */
  const rest = async () => {
    while (lines.length < total) await fetchMore(MOST);
  };
  let busy = false;
  const fetching = async (work) => {
    if (busy) return;
    busy = true;
    try {
      await work();
    } catch (problem) {
      if (problem.name === "AbortError") return;
      if (!problem.code) throw problem;
      show(rows, instead(problemNotice(problem, draw)));
      return;
    } finally {
      busy = false;
    }
    draw();
  };
  const input = el("input", { type: "search", id: "filter-reports", autocomplete: "off", oninput: () => (draw(), found(input.value.trim())) });
  input.value = find;
  const more = el("button", { type: "button", class: "plain", onclick: () => fetching(() => fetchMore(PAGE)) });
  const refresh = async () => {
    const now = await reports({ limit: PAGE });
    total = now.total;
    lines.splice(0, lines.length, ...now.reports);
    draw();
  };
  show(
    main,
    el(
      "section",
      { class: "library" },
      el("header", {}, el("h1", {}, t("reports")), amount),
      allowed ? uploadBox(refresh) : null,
      troubles,
      el("p", { class: "filter" }, el("label", { for: "filter-reports" }, t("filterReports")), input),
      el("table", { class: "report-list" }, el("caption", { class: "hidden" }, t("reports")), el("thead", {}, el("tr", {}, COLUMNS.map((name) => heading(name, order, draw)), allowed ? el("td", {}) : null)), rows),
      more,
    ),
  );
  draw();
}

/** A column's name that orders by it; pressed again it turns the order round. */
function heading(name, order, draw) {
  const press = () => {
    order.down = order.name === name && !order.down;
    order.name = name;
    for (const one of cell.parentElement.children) one.removeAttribute("aria-sort");
    cell.setAttribute("aria-sort", order.down ? "descending" : "ascending");
    draw();
  };
  const cell = el("th", { scope: "col", class: `column-${name}` }, el("button", { type: "button", class: "sorter", onclick: press }, t(name)));
  return cell;
}

function sorted(lines, { name, down }) {
  if (!name) return lines;
  const values = { title: (line) => line.title, year: (line) => line.year || 0, region, level: (line) => line.level && valueLabel("level", line.level), kind: (line) => line.kind && valueLabel("kind", line.kind), publisher: (line) => line.publisher, size: (line) => line.characters };
  const value = values[name];
  const { compare } = new Intl.Collator(current() === "zh" ? "zh-CN" : "en", { numeric: true });
  const ordered = [...lines].sort((a, b) => (typeof value(a) === "number" ? value(a) - value(b) : compare(value(a) || "", value(b) || "")));
  return down ? ordered.reverse() : ordered;
}

/** A row across all columns, in the place of reports. */
const instead = (node) => el("tr", {}, el("td", { colspan: COLUMNS.length + 1, class: "unknown" }, node));

const region = (line) => Object.values(line.region || {}).filter(Boolean).join(" ");

const words = (line) => [line.title, line.name, line.publisher, line.school, line.year, region(line)].filter(Boolean).join(" ").toLowerCase();

function row(line, again) {
  const unknown = () => el("span", { class: "unknown" }, t("unknown"));
  const cell = (name, value) => el("td", { "data-name": t(name), class: `column-${name}` }, value || unknown());
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("a", { href: openAddress(line.id, 0, 0), "data-open": true, lang: "zh-CN" }, line.title), el("span", { class: "file" }, line.name)),
    cell("year", line.year && String(line.year)),
    cell("region", region(line)),
    cell("level", line.level && valueLabel("level", line.level)),
    cell("kind", line.kind && valueLabel("kind", line.kind)),
    cell("publisher", line.publisher),
    cell("size", count(line.characters)),
    again ? el("td", { class: "column-remove" }, removeButton(line, again)) : null,
  );
}
