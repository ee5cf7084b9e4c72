// The API, its problems as exceptions, and what is known of reports by their ids.

import { passing } from "./storage.js";
import { events } from "./stream.js";

/** A problem detail (RFC 9457) or a broken connection (`code` "offline"). */
export class Problem extends Error {
  constructor(shape) {
    super(shape.detail || shape.title || "");
    Object.assign(this, { code: shape.code, status: shape.status, detail: shape.detail, remedy: shape.remedy, id: shape.status >= 500 ? shape.id : undefined });
  }
}

/** The key for a server that asks for one; kept as long as the tab. */
export const key = {
  get: () => passing.get("key") || "",
  set: (secret) => passing.set("key", secret),
};

/** Headers of every request: the key where there is one, and the language that problems are to be told in. */
const dressed = (headers = {}) => ({ ...headers, "Accept-Language": document.documentElement.lang, ...(key.get() ? { "X-API-Key": key.get() } : {}) });

async function request(address, options = {}) {
  let response;
  try {
    response = await fetch(address, { ...options, headers: dressed(options.headers) });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ code: "offline", status: 0 });
  }
  if (response.ok) return response;
  const type = response.headers.get("Content-Type") || "";
  const shape = type.includes("json") ? await response.json() : { code: "crash", status: response.status };
  throw new Problem({ ...shape, id: response.headers.get("X-Request-ID") });
}

/** Answer and passages. */
export async function ask(body, signal) {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal };
  return (await request("/api/ask", options)).json();
}

/** The same, and behind it what a language model makes of it: [name, object] of each event. */
export async function* askGenerated(body, signal) {
  const headers = { "Content-Type": "application/json", Accept: "text/event-stream" };
  const response = await request("/api/ask", { method: "POST", headers, body: JSON.stringify({ ...body, generate: true }), signal });
  yield* events(response.body);
}

/** How many reports have which values, under the filters. */
export async function facets(filters, signal) {
  return (await request(`/api/facets?${parameters(filters)}`, { signal })).json();
}

/** A page of the list of reports. */
export async function reports(filters, signal) {
  return (await request(`/api/reports?${parameters(filters)}`, { signal })).json();
}

const KEPT = 4;
const opened = new Map();

/** A report with sections and tables, and its text; the last few are kept. */
export function report(id) {
  if (!opened.has(id)) {
    const whole = fetchReport(id);
    opened.set(id, whole);
    whole.catch(() => opened.delete(id));
    if (opened.size > KEPT) opened.delete(opened.keys().next().value);
  }
  return opened.get(id);
}

async function fetchReport(id) {
  const address = `/api/reports/${encodeURIComponent(id)}`;
  const [whole, text] = await Promise.all([request(address), request(`${address}/text`)]);
  return { ...(await whole.json()), text: await text.text() };
}

/** Begins to answer a question file. */
export async function startBatch(file) {
  const body = new FormData();
  body.append("file", file);
  return (await request("/api/batch", { method: "POST", body })).json();
}

/** Results of a batch as a file; where a key is needed a plain link can't fetch them. */
export async function batchFile(id, format) {
  return (await request(`/api/batch/${encodeURIComponent(id)}?format=${format}`)).blob();
}

/** How far a batch is. */
export async function batchState(id, signal) {
  return (await request(`/api/batch/${encodeURIComponent(id)}`, { signal })).json();
}

const known = new Map();
let able = null;

/** Report lines by id, those not yet known fetched in one request. */
export async function reportLines(ids) {
  const missing = [...new Set(ids)].filter((id) => !known.has(id)).slice(0, 50);
  if (missing.length) {
    for (const line of (await reports({ report: missing, limit: missing.length })).reports) known.set(line.id, line);
  }
  return known;
}

/** Query string of single and listed values. */
export function parameters(values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") query.append(name, one);
    }
  }
  return query.toString();
}

/** What may follow what is typed. */
export async function suggestions(q, signal) {
  return (await (await request(`/api/suggest?${parameters({ q })}${q ? "" : "q="}`, { signal })).json()).suggestions;
}

/** Files that could not be read, and warnings of those that were. */
export async function troubles(signal) {
  return (await request("/api/problems?limit=500", { signal })).json();
}

/** What this server can do: `changes` of its reports, `generate` with a language model; asked once. */
export async function abilities(signal) {
  able ??= await (await request("/readyz", { signal })).json();
  return able;
}

/** Sends reports; `sent` is told which part of the bytes has left. fetch can't tell that. */
export function upload(files, sent) {
  const body = new FormData();
  for (const file of files) body.append("files", file);
  return new Promise((resolve, reject) => {
    const wire = new XMLHttpRequest();
    wire.open("POST", "/api/reports");
    wire.responseType = "json";
    for (const [name, value] of Object.entries(dressed())) wire.setRequestHeader(name, value);
    wire.upload.onprogress = (event) => event.lengthComputable && sent(event.loaded / event.total);
    wire.onerror = () => reject(new Problem({ code: "offline", status: 0 }));
    wire.onload = () => (wire.status < 300 ? resolve(wire.response) : reject(new Problem(wire.response || { code: "crash", status: wire.status })));
    wire.send(body);
  });
}

/** How far an upload is, and what became of its files. */
export async function uploadState(id) {
  return (await request(`/api/uploads/${encodeURIComponent(id)}`)).json();
}

/** Removes a report. */
export async function remove(id) {
  await request(`/api/reports/${encodeURIComponent(id)}`, { method: "DELETE" });
  opened.delete(id);
  known.delete(id);
}
