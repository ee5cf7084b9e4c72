// The page: reads the state from the address, shows it, and turns what the user does into a new state.

import { answerCard } from "./answer.js";
import { abilities, ask, askGenerated, facets, Problem, reportLines } from "./api.js";
import { batchView } from "./batch.js";
import { byId, el, show } from "./dom.js";
import { chips, facetLists } from "./filters.js";
import { generatedCard, modelSwitch } from "./generated.js";
import { hitList } from "./hits.js";
import { count, current, setLanguage, t, translate } from "./i18n.js";
import { installKeys } from "./keys.js";
import { reportsView } from "./library.js";
import { problemNotice } from "./problem.js";
import { openReader } from "./reader.js";
import { address, bare, filters, place, read } from "./state.js";
import { lasting } from "./storage.js";
import { asked, forget, installSuggestions, remember } from "./suggest.js";

const TYPING_MS = 350;
const RETRY_MS = 2000;
const TEMPORARY = ["loading", "index-missing", "offline"];

const main = byId("main");
const input = byId("q");
const dialog = byId("reader");

let state = read();
let shown = "";
let running = new AbortController();
let timer = 0;

/** Goes to a state; `replace` keeps the history as it is (while typing). */
function go(change, replace = false) {
  const next = { ...state, ...change };
  const target = address(next);
  if (target !== address(state)) history[replace ? "replaceState" : "pushState"](null, "", target);
  state = next;
  render();
}

function render(again = false) {
  setLanguage(state.lang);
  document.body.dataset.view = state.view !== "ask" ? state.view : state.q.trim() ? "results" : "home";
  chrome();
  if (document.activeElement !== input) input.value = state.q;
  byId("wipe").hidden = !input.value;
  const wanted = JSON.stringify([state.view, state.q.trim(), filters(state), state.drop, state.top, state.batch, state.generate, current()]);
  if (wanted !== shown || again) {
    shown = wanted;
    content();
  }
  reader();
}

function chrome() {
  translate();
  input.placeholder = t("placeholder");
  byId("docs").href = state.lang ? `/docs?lang=${current()}` : "/docs";
  byId("language").textContent = t("other");
  byId("language").setAttribute("aria-label", t("otherLabel"));
  byId("language").lang = current() === "zh" ? "en" : "zh-CN";
  byId("theme-word").textContent = `${t("theme")}：${t(lasting.get("theme") || "auto")}`.replace("：", current() === "zh" ? "：" : ": ");
  for (const link of document.querySelectorAll(".views a")) {
    if ((link.dataset.go === "home" ? "ask" : link.dataset.go) === state.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = [state.view === "ask" ? state.q : t(state.view), "问报 wenbao"].filter(Boolean).join(" · ");
}

/** Fills the main part; whatever was under way for an older state is given up. */
async function content() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  clearTimeout(timer);
  main.setAttribute("aria-busy", "true");
  if (!main.querySelector(".results")) show(main, el("p", { class: "loading" }, t("loading")));
  try {
    if (state.view === "reports") await reportsView(main, signal, { again: () => render(true), find: state.find, found: (find) => go({ find }, true) });
    else if (state.view === "batch") await batchView(main, state.batch, signal, (batch) => go({ batch }));
    else if (state.q.trim()) await results(signal);
    else await home(signal);
    if (!byId("collection").textContent) await collection(signal);
  } catch (problem) {
    if (problem.name === "AbortError") return;
    if (!problem.code) throw problem;
    show(main, el("div", { class: "results alone" }, el("div", { class: "column" }, chips(state, [], go), problemNotice(problem, () => render(true)))));
    if (TEMPORARY.includes(problem.code)) timer = setTimeout(() => render(true), RETRY_MS);
  }
  if (!signal.aborted) main.removeAttribute("aria-busy");
}

async function results(signal) {
  const body = { question: state.q, filters: filters(state), top: state.top, drop: state.drop };
  const able = await abilities(signal);
  const events = state.generate && able.generate ? askGenerated(body, signal) : null;
  const [result, values] = await Promise.all([events ? firstOf(events) : ask(body, signal), facets(filters(state), signal)]);
  const sources = await sourcesOf(result);
  if (signal.aborted) return;
  const { answered } = result.answer;
  const written = events && answered ? generatedCard(result, sources) : null;
  const foot = answered && able.generate ? modelSwitch(state.generate, go) : null;
  const passages = [written && written.node, hitList(result), more(result)];
  draw(el("div", { class: "results" }, facetLists(values, state, go), el("div", { class: "column" }, chips(state, result.filters.read, go), answerCard(result, sources, foot), passages)));
  byId("live").textContent = `${result.answer.text || t("none")} ${t("found", { n: result.hits.length, ms: Math.round(result.took_ms) })}`;
  main.removeAttribute("aria-busy");
  if (written) await written.follow(events, signal);
  else if (events) events.return();
}

/** The reports' own answer out of a stream of events, which goes on behind it. */
async function firstOf(events) {
  for (;;) {
    const { value, done } = await events.next();
    if (done) throw new Problem({ code: "offline", status: 0 });
    const [name, shape] = value;
    if (name === "problem") throw new Problem(shape);
    if (name === "result") return shape;
  }
}

/** Puts the results in place of the old ones; whoever stood on a switch or a button stays there, or near. */
function draw(results) {
  const { activeElement } = document;
  const stood = main.contains(activeElement) && activeElement !== main;
  const { id, dataset } = activeElement;
  const hits = main.querySelectorAll(".hit").length;
  show(main, results);
  if (!stood) return;
  const same = dataset.facet ? `[data-facet="${CSS.escape(dataset.facet)}"]` : id ? `#${CSS.escape(id)}` : null;
  const next = (same && main.querySelector(same)) || (dataset.more && main.querySelectorAll(".hit-title")[hits]) || main;
  next.focus({ preventScroll: next === main });
}

/** Hits by passage, reports by id: what a citation needs to name its source. */
async function sourcesOf(result) {
  const cited = [...result.answer.citations, ...result.answer.items.flatMap((item) => item.citations)];
  const sources = new Map(await reportLines(cited.map((one) => one.report_id)));
  for (const hit of result.hits) sources.set(hit.passage_id, hit);
  return sources;
}

function more(result) {
  if (result.hits.length < state.top || state.top >= 50) return null;
  return el("button", { type: "button", class: "plain", "data-more": true, onclick: () => go({ top: state.top + 10 }) }, t("more"));
}

async function home(signal) {
  const { total, kind } = await collection(signal);
  if (signal.aborted) return;
  if (!total) return show(main, el("div", { class: "home" }, el("section", { class: "notice" }, el("h2", {}, t("noReports")), el("p", {}, t("noReportsDo")))));
  const recent = asked().slice(0, 5);
  const away = el("button", { type: "button", class: "quiet", onclick: () => (forget(), render(true), input.focus()) }, t("forget"));
  show(main, el("div", { class: "home" }, recent.length ? questions("recent", recent, away) : null, questions("tryThese", examples(kind))));
}

/** Questions that fit the reports there are: of governments, of schools and their districts, or of both. */
function examples(kinds) {
  const governments = kinds.some((one) => one.value === "政府工作报告");
  const schools = !governments || kinds.some((one) => one.value !== "政府工作报告");
  const [ours, theirs] = [[1, 2, 3, 4].map((n) => t(`example${n}`)), [1, 2, 3, 4].map((n) => t(`exampleGov${n}`))];
  if (governments && schools) return [...ours.slice(0, 3), ...theirs.slice(0, 2)];
  return governments ? theirs : ours;
}

function questions(name, list, button = null) {
  return el(
    "section",
    { "aria-labelledby": name },
    el("header", {}, el("h2", { id: name }, t(name)), button),
    el("ul", {}, list.map((q) => el("li", {}, el("a", { href: address({ ...bare(state), q }), "data-q": q }, q)))),
  );
}

/** What is indexed, in one line of the foot; gives how many reports there are, and of which kinds. */
async function collection(signal) {
  const { total, year, kind } = await facets({}, signal);
  const years = year.map((one) => one.value).sort();
  const text = years.length > 1 ? "collection" : "collectionOne";
  byId("collection").textContent = t(text, { reports: count(total), from: years[0], to: years.at(-1) });
  return { total, kind };
}

function reader() {
  const wanted = place(state);
  if (!wanted) {
    dialog.onclose = null;
    if (dialog.open) dialog.close();
    return;
  }
  const key = `${state.open} ${current()}`;
  if (dialog.open && dialog.dataset.open === key) return;
  dialog.dataset.open = key;
  openReader(dialog, wanted, () => go({ open: "" }));
}

function submit(event) {
  event.preventDefault();
  clearTimeout(timer);
  closeSuggestions();
  remember(input.value.trim());
  const fresh = input.value.trim() === state.q.trim() && state.view === "ask";
  if (fresh) render(true);
  else go({ view: "ask", q: input.value.trim(), drop: [], top: 10, open: "" });
}

function typed() {
  clearTimeout(timer);
  byId("wipe").hidden = !input.value;
  timer = setTimeout(() => go({ view: "ask", q: input.value.trim(), drop: [], top: 10 }, true), TYPING_MS);
}

/** Links of the page change the state instead of loading it anew; with a modifier key they stay links. */
function followed(event) {
  const link = event.target.closest("a[data-go], a[data-open], a[data-q]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const next = read(new URL(link.href).search);
  if (link.dataset.go) go({ ...bare(next), lang: state.lang, open: "", batch: "", find: "" });
  else go(next);
  closeSuggestions();
  if (link.dataset.q) remember(link.dataset.q);
  if (link.dataset.go === "home") input.value = "";
  if (link.dataset.q) input.value = link.dataset.q;
}

function otherLanguage() {
  const lang = current() === "zh" ? "en" : "zh";
  lasting.set("language", lang);
  byId("collection").textContent = "";
  go({ lang });
}

/** A file that is dropped beside a box would take the place of the page. */
function missed(event) {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
  event.dataTransfer.dropEffect = "none";
  event.preventDefault();
}

function otherTheme() {
  const order = ["auto", "light", "dark"];
  const theme = order[(order.indexOf(lasting.get("theme") || "auto") + 1) % order.length];
  if (theme === "auto") {
    lasting.remove("theme");
    delete document.documentElement.dataset.theme;
  } else {
    lasting.set("theme", theme);
    document.documentElement.dataset.theme = theme;
  }
  chrome();
}

/** What was chosen from the suggestions: a report is opened, a question asked, a word put in the box. */
function taken({ text, report, whole }) {
  clearTimeout(timer);
  if (report) return go({ open: `${report}:0-0` });
  input.value = text;
  if (whole) remember(text);
  go({ view: "ask", q: text.trim(), drop: [], top: 10 }, !whole);
}

function wipe() {
  input.value = "";
  input.focus();
  typed();
}

const closeSuggestions = installSuggestions(input, byId("suggestions"), taken);
byId("wipe").addEventListener("click", wipe);
byId("ask").addEventListener("submit", submit);
input.addEventListener("input", (event) => event.isComposing || typed());
input.addEventListener("compositionend", typed);
document.addEventListener("click", followed);
byId("language").addEventListener("click", otherLanguage);
byId("theme").addEventListener("click", otherTheme);
for (const name of ["dragover", "drop"]) window.addEventListener(name, missed);
window.addEventListener("popstate", () => {
  state = read();
  input.value = state.q;
  render();
});
installKeys(input, dialog);
render();
