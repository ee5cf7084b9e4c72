// Chips for what narrows the search, and the facets to narrow it further.

import { el } from "./dom.js";
import { count, t, valueLabel } from "./i18n.js";
import { FIELDS } from "./state.js";

const SHOWN = 6;

/** Chips: filters given by the user and filters read from the question, each with its way out. */
export function chips(state, reads, change) {
  const given = FIELDS.flatMap((field) => state[field].map((value) => chip(field, value, () => change({ [field]: without(state[field], value) }))));
  const read = reads.map((one) => chip(one.field, one.value, () => change({ drop: [...state.drop, `${one.field}:${one.value}`] }), one.text));
  if (!given.length && !read.length && !state.drop.length) return null;
  return el(
    "div",
    { class: "chips" },
    read.length ? el("span", { class: "chips-label" }, t("readFrom")) : null,
    read,
    given.length ? el("span", { class: "chips-label" }, t("given")) : null,
    given,
    given.length || state.drop.length ? el("button", { type: "button", class: "quiet", onclick: () => change(Object.fromEntries([...FIELDS, "drop"].map((name) => [name, []]))) }, t("clear")) : null,
  );
}

function chip(field, value, remove, words = "") {
  const label = valueLabel(field, value);
  return el(
    "button",
    { type: "button", class: "chip", title: words && words !== label ? words : null, onclick: remove },
    el("span", { class: "chip-field" }, t(field)),
    ` ${label} `,
    el("span", { class: "hidden" }, t("drop")),
    el("span", { class: "cross", "aria-hidden": "true" }, "×"),
  );
}

/** The facets as lists of switches. */
export function facetLists(facets, state, change) {
  const groups = FIELDS.filter((field) => facets[field].length > 1 || state[field].length).map((field) => group(field, facets[field], state, change));
  if (!groups.length) return null;
  const open = matchMedia("(min-width: 62rem)").matches;
  return el("aside", { class: "facets", "aria-label": t("narrow") }, el("details", { open }, el("summary", {}, t("narrow")), groups));
}

function group(field, values, state, change) {
  const chosen = new Set(state[field]);
  const entries = values.map((one) => entry(field, one, chosen.has(String(one.value)), state, change));
  const rest = entries.slice(SHOWN);
  const list = el("ul", {}, entries.slice(0, SHOWN));
  if (!rest.length) return fieldset(field, list);
  const more = el("button", { type: "button", class: "quiet more", onclick: () => (list.append(...rest), more.remove(), rest[0].querySelector("input").focus()) }, t("showMore", { n: rest.length }));
  return fieldset(field, list, more);
}

const fieldset = (field, ...children) => el("fieldset", {}, el("legend", {}, t(field)), ...children);

function entry(field, one, checked, state, change) {
  const value = String(one.value);
  const toggle = () => change({ [field]: checked ? without(state[field], value) : [...state[field], value] });
  return el(
    "li",
    {},
    el("label", {}, el("input", { type: "checkbox", checked, onchange: toggle, "data-facet": `${field}:${value}` }), el("span", { class: "facet-name" }, valueLabel(field, value)), el("span", { class: "facet-count" }, count(one.reports))),
  );
}

const without = (list, value) => list.filter((one) => one !== value);
