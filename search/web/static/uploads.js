// Reports added and removed by the page, where the server allows it; and the files that could not be read.

import { remove, troubles, upload, uploadState } from "./api.js";
import { el, show } from "./dom.js";
import { count, t } from "./i18n.js";
import { problemNotice } from "./problem.js";

const POLL_MS = 400;
const NAMED = 5;

/** A box that takes reports; `changed` is called once something was added. */
export function uploadBox(changed) {
  const outcome = el("div", { class: "upload-outcome", role: "status" });
  const input = el("input", { type: "file", id: "report-files", multiple: true, "aria-describedby": "report-formats", onchange: () => send([...input.files]) });
  const send = async (files) => {
    if (!files.length || input.disabled) return;
    input.disabled = true;
    try {
      const state = await carried(files, outcome);
      show(outcome, told(state));
      if (state.added.length) await changed();
    } catch (problem) {
      if (!problem.code) throw problem;
      show(outcome, problemNotice(problem, () => send(files)));
    }
    input.disabled = false;
    input.value = "";
  };
  const drop = el("div", { class: "drop slim" }, el("label", { for: "report-files", class: "plain" }, t("addReports")), input, el("p", {}, t("dropReports")), el("p", { id: "report-formats", class: "formats" }, t("reportFormats")));
  droppable(drop, send);
  return el("section", { class: "uploads", "aria-label": t("addReports") }, drop, outcome);
}

/** Lets files be dropped on `node`. */
export function droppable(node, send) {
  for (const name of ["dragenter", "dragover"]) node.addEventListener(name, (event) => (event.preventDefault(), node.classList.add("over")));
  for (const name of ["dragleave", "drop"]) node.addEventListener(name, (event) => (event.preventDefault(), node.classList.remove("over")));
  node.addEventListener("drop", (event) => send([...event.dataTransfer.files]));
}

/** Sends files and follows them to the end. */
async function carried(files, outcome) {
  const bar = el("progress", { max: 1, "aria-label": t("sending") });
  const words = el("p", { class: "amount" }, t("sending"));
  show(outcome, el("p", { class: "file" }, named(files)), bar, words);
  let state = await upload(files, (part) => {
    bar.value = part;
  });
  while (state.state === "waiting" || state.state === "running") {
    words.textContent = `${t(`stage:${state.stage || "waiting"}`)} ${state.total ? t("progress", { done: count(state.done), total: count(state.total) }) : ""}`;
    if (state.total) Object.assign(bar, { max: state.total, value: state.done });
    else bar.removeAttribute("value");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    state = await uploadState(state.id);
  }
  return state;
}

/** The files by name, of many the first. */
function named(files) {
  const names = files.slice(0, NAMED).map((one) => one.name).join("、");
  return files.length > NAMED ? `${names} … (${count(files.length)})` : names;
}

function told(state) {
  if (state.problem) return el("p", { class: "wrong" }, state.problem);
  return [
    el("p", { class: "done" }, t(["addedNone", "addedOne"][state.added.length] || "added", { n: count(state.added.length) })),
    list(state.duplicates, (one) => t(one.likeness < 1 ? "nearCopy" : one.name === one.of ? "sameFile" : "duplicate", { ...one, share: Math.floor(one.likeness * 100) })),
    list(state.unreadable, (one) => t("fileProblem", one), "wrong"),
    list(state.noticed, (one) => t("fileProblem", one)),
  ];
}

const list = (lines, words, name = null) => (lines.length ? el("ul", { class: name }, lines.map((one) => el("li", {}, words(one)))) : null);

/** Files that could not be read and warnings of those that were, null where there are none. */
export async function troubleList(signal) {
  const { total, problems } = await troubles(signal);
  if (!total) return null;
  const unread = problems.filter((one) => one.unread);
  const warned = problems.filter((one) => !one.unread);
  return el("section", { class: "troubles", "aria-label": t("troubles") }, part("unread", unread, true), part("warned", warned, false));
}

function part(name, lines, open) {
  if (!lines.length) return null;
  return el("details", { open }, el("summary", {}, t(name, { n: count(lines.length) })), el("ul", {}, lines.map((one) => el("li", {}, el("span", { class: "trouble-file" }, one.name), el("span", {}, one.reason)))));
}

/** A button that removes a report after one more question. */
export function removeButton(line, removed) {
  const ask = () => {
    const problem = el("div", {});
    const leave = () => dialog.close();
    const yes = el("button", { type: "button", class: "go", onclick: async () => {
      yes.disabled = true;
      try {
        await remove(line.id);
        dialog.close();
        removed();
      } catch (error) {
        if (!error.code) throw error;
        yes.disabled = false;
        show(problem, problemNotice(error));
      }
    } }, t("remove"));
    const no = el("button", { type: "button", class: "plain", autofocus: true, onclick: leave }, t("keep"));
    const dialog = el("dialog", { class: "confirm", "aria-labelledby": "confirm-title", onclose: () => dialog.remove() }, el("h2", { id: "confirm-title" }, t("removeSure")), el("p", {}, line.title), el("p", { class: "file" }, t("removeMeans")), problem, el("p", { class: "choices" }, no, yes));
    document.body.append(dialog);
    dialog.showModal();
  };
  return el("button", { type: "button", class: "quiet remove", "aria-label": `${t("remove")}：${line.title}`, onclick: ask }, t("remove"));
}
