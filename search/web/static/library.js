// The list of reports.

import { reports } from "./api.js";
import { openAddress } from "./cite.js";
import { el, show } from "./dom.js";
import { count, t, valueLabel } from "./i18n.js";

const PAGE = 200;

/** Fills `main` with all reports and a box to find among them. */
export async function reportsView(main, signal) {
  const { total, reports: lines } = await reports({ limit: PAGE }, signal);
  const rows = el("tbody", {});
  const amount = el("p", { class: "amount", role: "status" });
  const draw = (wanted) => {
    const fitting = lines.filter((line) => words(line).includes(wanted.trim().toLowerCase()));
    show(rows, fitting.map(row));
    amount.textContent = t("listed", { n: wanted ? fitting.length : total });
  };
  const input = el("input", { type: "search", id: "filter-reports", autocomplete: "off", oninput: () => draw(input.value) });
  const more = total > lines.length ? moreButton(lines, total, () => draw(input.value)) : null;
  const columns = ["title", "year", "region", "level", "kind", "publisher", "size"];
  show(
    main,
    el(
      "section",
      { class: "library" },
      el("header", {}, el("h1", {}, t("reports")), amount),
      el("p", { class: "filter" }, el("label", { for: "filter-reports" }, t("filterReports")), input),
      el("table", { class: "report-list" }, el("caption", { class: "hidden" }, t("reports")), el("thead", {}, el("tr", {}, columns.map((name) => el("th", { scope: "col" }, t(name))))), rows),
      more,
    ),
  );
  draw("");
}

function moreButton(lines, total, draw) {
  const button = el(
    "button",
    {
      type: "button",
      class: "plain",
      onclick: async () => {
        lines.push(...(await reports({ limit: PAGE, offset: lines.length })).reports);
        draw();
        if (lines.length >= total) button.remove();
      },
    },
    t("showMore", { n: total - lines.length }),
  );
  return button;
}

const region = (line) => Object.values(line.region || {}).filter(Boolean).join(" ");

const words = (line) => [line.title, line.name, line.publisher, line.school, line.year, region(line)].filter(Boolean).join(" ").toLowerCase();

function row(line) {
  const unknown = () => el("span", { class: "unknown" }, t("unknown"));
  const cell = (name, value) => el("td", { "data-name": t(name), class: `column-${name}` }, value || unknown());
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("a", { href: openAddress(line.id, 0, 0), "data-open": true }, line.title), el("span", { class: "file" }, line.name)),
    cell("year", line.year && String(line.year)),
    cell("region", region(line)),
    cell("level", line.level && valueLabel("level", line.level)),
    cell("kind", line.kind && valueLabel("kind", line.kind)),
    cell("publisher", line.publisher),
    cell("size", count(line.characters)),
  );
}
