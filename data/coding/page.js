"use strict";
// One article, coded in a browser that is offline. Places are counted in UTF-16 here, as browsers
// do, and in characters in what comes in and goes out, as Python does.
const data = JSON.parse(document.getElementById("data").textContent);
const text = data.text, names = data.columns, KEY = `sayso ${data.coder} ${data.article_id} ${data.sha256}`;
const $ = (id) => document.getElementById(id), box = $("text"), form = $("form");
const starts = []; // of each character its place in UTF-16
for (let i = 0; i < text.length; i += text.codePointAt(i) > 0xffff ? 2 : 1) starts.push(i);
starts.push(text.length);
const inward = (spans) => spans.map(([a, b]) => [starts[a], starts[b]]);
const place = (i) => { let low = 0, high = starts.length; while (low < high) { const mid = (low + high) >> 1; if (starts[mid] < i) low = mid + 1; else high = mid; } return low; };
const outward = (spans) => spans.map(([a, b]) => [place(a), place(b)]);

const fresh = () => ({ at: 0, done: false, items: data.items.map((q) => ({ ...q, spans: inward(q.spans), verdict: "", note: "" })) });
let state = fresh(), past = [], chosen = null, editing = null, kept = true;
try { state = JSON.parse(localStorage.getItem(KEY)) || state; } catch { kept = false; }

const FIELDS = ["kind", "speaker", "stance", "target", "note"];
const say = (words) => { $("said").textContent = words; };
const wordsOf = (spans) => spans.map(([a, b]) => text.slice(a, b)).join(" ... ");
const open = () => state.items.filter((q) => !q.verdict).length;

function keep() {
  try { localStorage.setItem(KEY, JSON.stringify(state)); } catch { kept = false; }
  $("kept").textContent = kept ? "Kept in this browser." : "This browser keeps nothing: export before you close the page.";
}
function change(act, words) {
  past.push(JSON.stringify(state));
  act();
  keep(); draw(); say(words);
}
function undo() {
  if (!past.length) return say("Nothing to undo.");
  state = JSON.parse(past.pop());
  keep(); draw(); say("Undone.");
}

// --- moving and judging ---
function go(to, focus = true) {
  if (!state.items.length) return say("No quotes yet: select words and press m.");
  state.at = (to + state.items.length) % state.items.length;
  keep(); draw();
  const row = $("list").children[state.at];
  if (focus) row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  const now = box.querySelector(".now");
  if (now) box.scrollTop += now.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 4;
}
function nextOpen() {
  const n = state.items.length;
  for (let k = 1; k <= n; k++) if (!state.items[(state.at + k) % n].verdict) return (state.at + k) % n;
  return state.at;
}
function judge(verdict) {
  const now = state.items[state.at];
  if (!now) return say("No quotes yet: select words and press m.");
  if (now.verdict === "missed") {
    if (verdict === "right") return go(nextOpen());
    return change(() => { state.items.splice(state.at, 1); state.at = Math.max(0, state.at - 1); state.done = false; }, "Your own quote is taken away.");
  }
  const number = state.at + 1;
  change(() => {
    // Right means as it was found: what was changed before is put back.
    Object.assign(now, { ...data.items.find((q) => q.id === now.id), spans: inward(data.items.find((q) => q.id === now.id).spans) }, { verdict });
    if (open()) state.at = nextOpen();
  }, `${number} ${verdict}. ${open() - (now.verdict ? 0 : 1) || "No"} left.`);
  if (open()) go(state.at); else say(`${number} ${verdict}. All are decided: look for missed ones, then press d.`);
}
function kindOf([a, b]) {
  const marks = /[“”„«»"]/;
  if (marks.test(text.slice(Math.max(0, a - 1), a)) && marks.test(text.slice(b, b + 2))) return "direct";
  return marks.test(text.slice(a, b)) ? "mixed" : "indirect";
}
function trimmed([a, b]) {
  const words = text.slice(a, b);
  return [a + words.length - words.trimStart().length, a + words.trimEnd().length];
}
function needed() {
  pick();
  if (!chosen) say("Select the words in the text first: by mouse, or with Shift and the arrow keys.");
  return chosen && trimmed(chosen);
}
function missed(kind, stance) {
  const span = needed();
  if (span) edit({ id: "", spans: [span], kind: kind || kindOf(span), speaker: "", stance, target: "", verdict: "missed", note: "" }, true);
}
function respan(more) {
  const span = needed(), now = state.items[state.at];
  if (!span || !now) return;
  change(() => {
    now.spans = more ? [...now.spans, span].sort((x, y) => x[0] - y[0]) : [span];
    if (now.verdict !== "missed") now.verdict = "changed";
    state.done = false;
  }, more ? "The words are a further piece of the quote." : "The quote has these words now.");
}

// --- the form ---
function edit(item, isNew = false) {
  if (!item) return;
  editing = { item, isNew };
  for (const name of FIELDS) form.elements[name].value = item[name] || "";
  $("formwords").textContent = wordsOf(item.spans);
  form.hidden = false;
  form.elements.speaker.focus();
  form.elements.speaker.select();
}
function closeForm() {
  form.hidden = true; editing = null;
  const row = $("list").children[state.at];
  (row || box).focus({ preventScroll: true });
}
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { item, isNew } = editing, told = {};
  for (const name of FIELDS) told[name] = form.elements[name].value.trim();
  change(() => {
    Object.assign(item, told, { verdict: item.verdict === "missed" ? "missed" : "changed" });
    if (isNew) {
      const after = state.items.findIndex((q) => q.spans[0][0] > item.spans[0][0]);
      state.at = after < 0 ? state.items.length : after;
      state.items.splice(state.at, 0, item);
      state.done = false;
    } else if (open()) state.at = nextOpen();
  }, isNew ? "Added." : "Changed.");
  closeForm();
});
$("cancel").addEventListener("click", closeForm);

// --- done, and out ---
function finish() {
  if (open()) { go(state.items.findIndex((q) => !q.verdict)); return say(`${open()} quotes are not decided yet; this is the first.`); }
  change(() => { state.done = !state.done; }, state.done ? "Not done any more." : "Done. Press e to export.");
}
const fields = (q) => ({ article_id: data.article_id, sha256: data.sha256, quote_id: q.id, verdict: q.verdict, words: wordsOf(q.spans), kind: q.kind, speaker: q.speaker, stance: q.stance, target: q.target, spans: outward(q.spans), note: q.note, done: "" });
function download(name, type, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  say(`${name} is written${state.done ? "" : ", and not marked as done"}. Put it into the folder ${data.coder}.`);
}
function outJson() {
  const { format, article_id, sha256, coder, blind } = data;
  const rows = state.items.map(fields);
  download(`${data.file}.json`, "application/json", JSON.stringify({ format, article_id, sha256, coder, blind, done: state.done, rows }, null, 1) + "\n");
}
function outCsv() {
  const whole = { article_id: data.article_id, sha256: data.sha256, done: state.done ? "yes" : "" };
  const cell = (value) => { const words = String(value ?? ""); return `"${(/^'*[=+\-@\t\r]/.test(words) ? "'" + words : words).replaceAll('"', '""')}"`; };
  const rows = [whole, ...state.items.map(fields)].map((row) => names.map((name) => cell(name === "spans" && row.spans ? row.spans.map((s) => s.join("-")).join(";") : row[name])).join(","));
  download(`${data.file}.csv`, "text/csv", [names.join(","), ...rows].join("\n") + "\n");
}

// --- drawing ---
function make(tag, words, looks = "") {
  const one = document.createElement(tag);
  one.textContent = words;
  if (looks) one.className = looks;
  return one;
}
function draw() {
  const cuts = new Set([0, text.length]);
  state.items.forEach((q) => q.spans.flat().forEach((i) => cuts.add(i)));
  const edges = [...cuts].sort((x, y) => x - y), pieces = [];
  for (let k = 0; k + 1 < edges.length; k++) {
    const [a, b] = [edges[k], edges[k + 1]], piece = make("span", text.slice(a, b));
    const over = state.items.filter((q) => q.spans.some((s) => s[0] <= a && b <= s[1]));
    if (over.length) piece.className = `quote ${over[over.length - 1].verdict || "open"}`;
    if (over.includes(state.items[state.at])) piece.classList.add("now");
    const begun = state.items.flatMap((q, n) => (q.spans[0][0] === a ? [n + 1] : []));
    if (begun.length) piece.dataset.n = begun.join(" ");
    pieces.push(piece);
  }
  box.replaceChildren(...pieces);
  $("list").replaceChildren(...state.items.map((q, n) => {
    const row = make("li", "", q.verdict || "open");
    row.tabIndex = n === state.at ? 0 : -1;
    if (n === state.at) row.setAttribute("aria-current", "true");
    const how = [q.kind, q.stance, q.target].filter(Boolean).join(", ");
    row.append(make("b", `${n + 1}. ${q.verdict || "not decided"}`), make("span", `${q.speaker || "no speaker"} (${how})`, "who"), make("q", wordsOf(q.spans)));
    if (q.note) row.append(make("i", q.note));
    row.addEventListener("click", () => go(n));
    return row;
  }));
  const n = state.items.length - open();
  $("progress").max = Math.max(1, state.items.length);
  $("progress").value = n;
  $("count").textContent = `${n} of ${state.items.length} decided${state.done ? ", done" : ""}`;
  $("done").setAttribute("aria-pressed", state.done);
  offer("names", state.items.map((q) => q.speaker));
  offer("targets", [...data.targets, ...state.items.map((q) => q.target)]);
}

function offer(id, words) {
  $(id).replaceChildren(...[...new Set(words.filter(Boolean))].map((name) => { const one = make("option", ""); one.value = name; return one; }));
}

// --- keys ---
const DO = {
  right: () => judge("right"), wrong: () => judge("wrong"), change: () => edit(state.items[state.at]), missed: () => missed("", "neutral"), blame: () => missed("blame", "assert"), frame: () => missed("frame", ""),
  words: () => respan(false), piece: () => respan(true), next: () => go(state.at + 1), previous: () => go(state.at - 1),
  undo, done: finish, json: outJson, csv: outCsv, help: () => { $("help").open = !$("help").open; },
};
const KEYS = { r: "right", w: "wrong", c: "change", m: "missed", b: "blame", f: "frame", s: "words", a: "piece", n: "next", j: "next", p: "previous", k: "previous", u: "undo", d: "done", e: "json", "?": "help" };
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && editing) return closeForm();
  if (event.target.closest("input, select, textarea")) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "z") { event.preventDefault(); return undo(); }
  if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  if (!document.querySelector(`[data-do=${KEYS[event.key]}]`) && event.key !== "?") return;
  event.preventDefault();
  DO[KEYS[event.key]]();
});
document.querySelectorAll("button[data-do]").forEach((one) => one.addEventListener("click", () => DO[one.dataset.do]()));
// The text takes a cursor, so that words are selected without a mouse; it takes no changes.
["beforeinput", "cut", "paste", "drop", "dragover"].forEach((name) => box.addEventListener(name, (event) => event.preventDefault()));
function pick() {
  const now = getSelection();
  if (!now.rangeCount || !box.contains(now.anchorNode) || !box.contains(now.focusNode)) return;
  if (now.isCollapsed) { chosen = null; return; }
  const range = now.getRangeAt(0), before = document.createRange();
  before.setStart(box, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const a = before.toString().length;
  chosen = [a, a + range.toString().length];
}
document.addEventListener("selectionchange", pick);
addEventListener("beforeunload", keep);
keep(); draw();
