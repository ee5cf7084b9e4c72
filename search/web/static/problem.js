// What went wrong, in words, and what to do.

import { el } from "./dom.js";
import { t } from "./i18n.js";

/** A notice for a problem; `again` tries once more. */
export function problemNotice(problem, again) {
  const known = t(`problem:${problem.code}`, {}, "");
  return el(
    "section",
    { class: "notice", role: "alert" },
    el("h2", {}, known || t("problem")),
    el("p", {}, t(`do:${problem.code}`, {}, problem.detail || "")),
    known && problem.detail ? el("p", { class: "detail", lang: "en" }, problem.detail) : null,
    again ? el("button", { type: "button", class: "plain", onclick: again }, t("retry")) : null,
  );
}
