// Suggestions under the question box (ARIA combobox with a list): questions asked before, and what the reports have.

import { suggestions } from "./api.js";
import { el, show } from "./dom.js";
import { t } from "./i18n.js";
import { lasting } from "./storage.js";

const KEPT = 60;
const SHOWN = 8;
const OWN = 3;
const WAIT_MS = 60;
const STORE = "asked";

/** Questions asked in this browser, the latest first. */
export function asked() {
  try {
    const kept = JSON.parse(lasting.get(STORE) || "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

/** Remembers a question that was asked. */
export function remember(question) {
  if (question.trim()) lasting.set(STORE, JSON.stringify([question, ...asked().filter((one) => one !== question)].slice(0, KEPT)));
}

/** Forgets them all. */
export const forget = () => lasting.remove(STORE);

/** Puts a list under `input`; `take` gets what was chosen: `{text}` of the whole box, or `{report}`. */
export function installSuggestions(input, list, take) {
  let options = [];
  let at = -1;
  let timer = 0;
  let running = new AbortController();

  const close = () => {
    clearTimeout(timer);
    running.abort();
    options = [];
    at = -1;
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const draw = () => {
    if (!options.length || document.activeElement !== input) return close();
    show(list, options.map((one, i) => option(one, i, input.value, () => choose(i))));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(-1);
  };

  const mark = (wanted) => {
    at = wanted;
    [...list.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `option-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  };

  const choose = (i) => {
    const chosen = options[i];
    const text = chosen.start ? [...input.value].slice(0, chosen.start).join("") + chosen.text : chosen.text;
    close();
    take(chosen.report ? { report: chosen.report } : { text, whole: chosen.kind === "question" });
  };

  const fill = async () => {
    const typed = input.value;
    const own = mine(typed);
    running.abort();
    running = new AbortController();
    const { signal } = running;
    let found = [];
    try {
      if (typed.trim()) found = await suggestions([...typed].slice(0, 200).join(""), signal);
    } catch {
      if (signal.aborted) return;
    }
    if (signal.aborted || typed !== input.value) return;
    options = [...own, ...found].slice(0, SHOWN);
    draw();
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(fill, WAIT_MS);
  };

  input.addEventListener("input", (event) => event.isComposing || later());
  input.addEventListener("compositionend", later);
  input.addEventListener("blur", close);
  input.addEventListener("focus", () => suggestions("", new AbortController().signal).catch(() => {}), { once: true });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      const count = options.length + 1;
      mark(((at + 1 + by + count) % count) - 1);
    } else if (event.key === "ArrowDown" && !input.value.trim() && asked().length) {
      event.preventDefault();
      event.stopPropagation();
      fill();
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") {
      close();
    }
  });
  return close;
}

/** Own questions that go on as typed, or hold what is typed; the latest ones where nothing is. */
function mine(typed) {
  const wanted = typed.trim().toLowerCase();
  const all = asked().filter((one) => one !== typed);
  const begun = all.filter((one) => one.toLowerCase().startsWith(wanted));
  const holding = all.filter((one) => !begun.includes(one) && wanted.length > 1 && one.toLowerCase().includes(wanted));
  return [...begun, ...holding].slice(0, wanted ? OWN : SHOWN).map((text) => ({ text, kind: "question", start: 0, report: null }));
}

function option(one, i, typed, choose) {
  const lead = one.start ? [...typed].slice(0, one.start).join("") : "";
  return el(
    "li",
    { id: `option-${i}`, role: "option", "aria-selected": "false", onmousedown: (event) => event.preventDefault(), onclick: choose },
    el("span", { class: "option-text", lang: "zh-CN" }, lead ? el("span", { class: "option-lead" }, lead) : null, one.text),
    el("span", { class: "option-kind" }, t(`suggest:${one.kind}`)),
  );
}
