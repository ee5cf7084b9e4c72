// Draws the OpenAPI document of this server, in the language of the page.

import { DOCS, PROBLEMS } from "./docs-words.js";
import { byId, el, show } from "./dom.js";
import { current, setLanguage } from "./i18n.js";
import { lasting } from "./storage.js";

const asked = new URLSearchParams(location.search).get("lang");
setLanguage(asked);
const words = DOCS[current()];
document.title = `${words.title} · wenbao 问报`;

const language = byId("language");
language.textContent = words.other;
language.lang = current() === "zh" ? "en" : "zh-CN";
language.setAttribute("aria-label", words.otherLabel);
language.addEventListener("click", otherLanguage);
byId("ask").textContent = words.ask;
for (const link of [byId("ask"), byId("home")]) link.href = asked ? `/?lang=${current()}` : "/";
byId("views").setAttribute("aria-label", words.views);

function otherLanguage() {
  const next = new URL(location.href);
  next.searchParams.set("lang", current() === "zh" ? "en" : "zh");
  lasting.set("language", next.searchParams.get("lang"));
  location.assign(next);
}

let schemas = {};
const resolve = (schema) => (schema?.$ref ? schemas[schema.$ref.split("/").at(-1)] : schema || {});

function typeOf(schema) {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").at(-1);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) return [...new Set(several(schema.anyOf).map(typeOf))].join(" | ");
  if (schema.prefixItems) return `[${schema.prefixItems.map(typeOf).join(", ")}]`;
  if (schema.type === "array") return `${words.listOf}${typeOf(schema.items)}`;
  return schema.type || "any";
}

/** One value may always stand without its list: that is said once, not for each. */
function several(choices) {
  const list = choices.find((one) => one.type === "array");
  return list && choices.every((one) => one === list || typeOf(one) === typeOf(list.items)) ? [list] : choices;
}

const optional = (required) => (required ? "" : words.optional);

/** Text with its `code` as such. */
const prose = (text) => text.split("`").map((part, i) => (i % 2 ? el("code", {}, part) : part));

function fields(rows) {
  return el(
    "div",
    { class: "table", role: "group", tabindex: 0, "aria-label": words.fields },
    el(
      "table",
      { class: "fields" },
      el("thead", {}, el("tr", {}, [words.name, words.type, words.meaning].map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, rows.map(([name, type, meaning]) => el("tr", {}, el("th", { scope: "row" }, el("code", {}, name)), el("td", {}, type), el("td", {}, prose(meaning))))),
    ),
  );
}

function schemaFields(schema) {
  const whole = resolve(schema);
  const required = whole.required || [];
  return Object.entries(whole.properties || {}).map(([name, one]) => [name, typeOf(one) + optional(required.includes(name)), one.description || resolve(one).description || ""]);
}

const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function curl(method, path, operation, body) {
  const target = path.replace(/\{(\w+)\}/g, (_, name) => name.toUpperCase());
  if (operation.requestBody?.content?.["multipart/form-data"]) return `curl -s ${location.origin}${target} -F file=@questions.csv`;
  if (body) return `curl -s ${location.origin}${target} -H 'Content-Type: application/json' \\\n  -d ${quote(JSON.stringify(body))}`;
  const given = (operation.parameters || []).find((one) => one.in === "query" && one.required);
  const example = given && (given.schema.examples?.[0] || given.example || "…");
  const query = given ? ` --get --data-urlencode ${quote(`${given.name}=${example}`)}` : "";
  return `curl -s ${location.origin}${target}${query}`;
}

function operationNode(method, path, operation) {
  const parameters = (operation.parameters || []).filter((one) => one.in !== "header");
  const content = operation.requestBody?.content;
  const schema = content && Object.values(content)[0].schema;
  const body = resolve(schema).examples?.[0];
  const reply = (operation.responses?.["200"] || operation.responses?.["202"])?.content?.["application/json"]?.schema;
  return el(
    "section",
    { class: "operation", id: operation.operationId },
    el("h3", {}, el("code", { class: "method" }, method.toUpperCase()), el("code", {}, path), el("span", {}, operation.summary)),
    el("p", {}, prose(operation.description || "")),
    parameters.length ? [el("h4", {}, words.parameters), fields(parameters.map((one) => [one.name, typeOf(one.schema) + optional(one.required), one.description || one.schema.description || ""]))] : null,
    schema ? [el("h4", {}, words.body), fields(schemaFields(schema))] : null,
    el("pre", { tabindex: 0 }, el("code", {}, curl(method, path, operation, body))),
    reply?.$ref ? el("details", {}, el("summary", {}, `${words.reply}${typeOf(reply)}`), fields(schemaFields(reply))) : null,
  );
}

function whole(openapi) {
  const operations = Object.entries(openapi.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => [method, path, one]));
  const models = ["Hit", "Answer", "Item", "Citation", "UsedFilters", "ReadFilter", "FilterFields", "ReportLine", "SectionLine", "TableShape", "Problem"].filter((name) => schemas[name]);
  return el(
    "div",
    { class: "docs" },
    el("h1", {}, words.title),
    openapi.info.description.trim().split("\n\n").map((text) => el("p", {}, text)),
    el("h2", {}, words.addresses),
    el("ul", { class: "addresses" }, operations.map(([method, path, one]) => el("li", {}, el("a", { href: `#${one.operationId}` }, el("code", { class: "method" }, method.toUpperCase()), " ", el("code", {}, path)), el("span", {}, one.summary)))),
    operations.map((one) => operationNode(...one)),
    el("h2", {}, words.objects),
    models.map((name) => el("section", { class: "operation", id: name }, el("h3", {}, el("code", {}, name)), el("p", {}, prose(schemas[name].description || "")), fields(schemaFields({ $ref: `/${name}` })))),
    el("h2", {}, words.problems),
    el("p", {}, words.problemsLead),
    PROBLEMS.map(([code, status, told]) => el("section", { class: "operation", id: `problem-${code}` }, el("h3", {}, el("code", { class: "method" }, String(status)), el("code", {}, code)), el("p", {}, told[current()]))),
  );
}

async function draw() {
  const response = await fetch("/openapi.json", { headers: { "Accept-Language": document.documentElement.lang } }).catch(() => null);
  if (!response?.ok) {
    show(byId("main"), el("div", { class: "docs", role: "alert" }, el("p", {}, words.failed), el("p", {}, words.failedDo)));
    return;
  }
  const openapi = await response.json();
  schemas = openapi.components?.schemas || {};
  show(byId("main"), whole(openapi));
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

await draw();
