// The language of the interface: from the address, from the last choice, from the browser.

import { lasting } from "./storage.js";
import { WORDS } from "./words.js";

let language = "zh";

export const current = () => language;

/** Sets the language; "" falls back to the last choice, then to the browser's. */
export function setLanguage(wanted) {
  const chosen = wanted || lasting.get("language") || (navigator.language.startsWith("zh") ? "zh" : "en");
  language = chosen === "en" ? "en" : "zh";
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

/** A text by its key, `{name}` replaced; keys that are not known give `otherwise`. */
export function t(key, values = {}, otherwise = key) {
  const text = WORDS[language][key] ?? otherwise;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** A filter's value as people read it. */
export const valueLabel = (field, value) => t(`${field}:${value}`, {}, String(value));

/** Puts the texts of elements marked with data-t and data-label. */
export function translate(root = document) {
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-label]")) node.setAttribute("aria-label", t(node.dataset.label));
}

/** A whole number with its separators. */
export const count = (number) => new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en").format(number);
