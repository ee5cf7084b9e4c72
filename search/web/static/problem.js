// What went wrong, in words, and what to do.

import { key } from "./api.js";
import { el } from "./dom.js";
import { current, t } from "./i18n.js";
import { PROBLEMS } from "./problem-words.js";

/** A notice for a problem; `again` tries once more. */
export function problemNotice(problem, again) {
  const [what, remedy] = PROBLEMS[current()][problem.code] || [t("problem"), problem.detail || ""];
  const known = problem.code in PROBLEMS[current()];
  return el(
    "section",
    { class: "notice", role: "alert" },
    el("h2", {}, what),
    el("p", {}, remedy),
    known && problem.detail ? el("p", { class: "detail" }, problem.detail) : null,
    problem.id ? el("p", { class: "detail" }, t("requestId", { id: problem.id })) : null,
    again && problem.code === "key" ? keyForm(again) : null,
    again && problem.code !== "key" ? el("button", { type: "button", class: "plain", onclick: again }, t("retry")) : null,
  );
}

/** Takes the key that a guarded server asks for. */
function keyForm(again) {
  const input = el("input", { type: "password", id: "key", autocomplete: "off", required: true });
  const take = (event) => {
    event.preventDefault();
    key.set(input.value.trim());
    again();
  };
  return el("form", { class: "key-form", onsubmit: take }, el("label", { for: "key" }, t("key")), input, el("button", { class: "plain" }, t("useKey")));
}
