// The batch page: a question file in, progress, a look at the answers, the results as files.

import { batchFile, batchState, key, startBatch } from "./api.js";
import { el, show } from "./dom.js";
import { count, current, t } from "./i18n.js";
import { problemNotice } from "./problem.js";
import { droppable } from "./uploads.js";

const POLL_MS = 500;
const FORMATS = ["xlsx", "csv", "jsonl", "html"];

/** Fills `main` with the box for a file, or with the batch that the address names. */
export async function batchView(main, id, signal, open) {
  const body = el("div", {});
  show(main, el("section", { class: "batch" }, el("h1", {}, t("batchLead")), el("p", { class: "sub" }, t("batchSub")), body));
  if (id) await watch(body, id, signal, open);
  else show(body, box(body, open));
}

function box(body, open) {
  const input = el("input", { type: "file", id: "file", accept: ".txt,.csv,.tsv,.jsonl,.xlsx", "aria-describedby": "formats", onchange: () => send(input.files[0]) });
  const send = async (file) => {
    if (!file) return;
    input.disabled = true;
    try {
      open((await startBatch(file)).id);
    } catch (problem) {
      show(body, problemNotice(problem), box(body, open));
    }
  };
  const drop = el("div", { class: "drop" }, el("label", { for: "file", class: "plain" }, t("choose")), input, el("p", {}, t("dropHere")), el("p", { id: "formats", class: "formats" }, t("batchFormats")));
  droppable(drop, (files) => send(files[0]));
  return drop;
}

async function watch(body, id, signal, open) {
  while (!signal.aborted) {
    const state = await batchState(id, signal);
    show(body, progress(state), state.state === "done" ? downloads(state) : null, rows(state));
    if (state.state === "done" || state.state === "failed") {
      body.append(el("button", { type: "button", class: "plain", onclick: () => open("") }, t("another")));
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function progress(state) {
  return el(
    "div",
    { class: "run" },
    el("h2", {}, state.name, " ", el("span", { class: "state", role: "status" }, t(state.state))),
    el("progress", { max: state.total, value: state.done, "aria-label": t(state.state) }),
    el("p", { class: "amount" }, t("progress", { done: count(state.done), total: count(state.total) })),
    el("p", { class: "amount" }, t("counts", state)),
    state.problem ? el("p", { class: "detail" }, state.problem) : null,
  );
}

function downloads(state) {
  return el("p", { class: "downloads" }, el("span", {}, t("download")), FORMATS.map((name) => el("a", { class: "plain", href: `/api/batch/${state.id}?format=${name}&lang=${current()}`, download: true, onclick: (event) => key.get() && saved(event, state, name) }, `.${name}`)));
}

async function saved(event, state, format) {
  event.preventDefault();
  const address = URL.createObjectURL(await batchFile(state.id, format));
  el("a", { href: address, download: `${state.name.replace(/\.\w+$/, "")}-answers.${format}` }).click();
  URL.revokeObjectURL(address);
}

function rows(state) {
  if (!state.preview.length) return null;
  return el(
    "table",
    { class: "preview" },
    el("caption", {}, t("lastRows")),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("question")), el("th", { scope: "col" }, t("answerColumn")))),
    el("tbody", {}, state.preview.map((row) => el("tr", { class: row.failed ? "failed" : row.answered ? null : "silent" }, el("th", { scope: "row" }, row.question || t("blank")), el("td", {}, row.text || t("none"))))),
  );
}
