// Tables that can be sorted, filtered and cut down; without this script they are whole all the same.
"use strict";
for (const table of document.querySelectorAll(".table table")) {
  const records = [...table.tBodies];
  const heads = [...table.tHead.rows[0].cells];
  if (records.length < 3) continue;
  const value = (record, i) => record.rows[0].cells[i]?.textContent.trim() ?? "";
  const number = (text) => (/^-?[\d,.]+%?/.test(text) ? parseFloat(text.replace(/,/g, "")) : NaN);
  const tools = document.createElement("div");
  tools.className = "tools";

  const filter = document.createElement("input");
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  filter.type = "search";
  filter.placeholder = "Filter rows";
  filter.setAttribute("aria-label", "Filter rows of: " + (table.caption?.textContent ?? "table"));
  filter.addEventListener("input", () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const record of records) {
      const text = record.textContent.toLowerCase();
      record.hidden = !words.every((word) => text.includes(word));
    }
    const left = records.filter((record) => !record.hidden).length;
    count.textContent = words.length ? left + " of " + records.length + " rows" : "";
  });
  tools.append(filter, count);

  const choice = document.createElement("details");
  choice.append(Object.assign(document.createElement("summary"), { textContent: "Columns" }));
  const switchable = (name, parts) => {
    const label = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
    box.addEventListener("change", () => parts().forEach((part) => (part.hidden = !box.checked)));
    label.append(box, " " + name);
    choice.append(label);
  };
  heads.forEach((head, i) => {
    const name = head.textContent;
    switchable(name, () => [head, ...records.map((record) => record.rows[0].cells[i])]);
    const button = Object.assign(document.createElement("button"), { textContent: name });
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const told = records.map((record) => value(record, i)).filter(Boolean);
      const counted = told.every((text) => !Number.isNaN(number(text)));
      const compare = (a, b) => {
        const [x, y] = [value(a, i), value(b, i)];
        if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1); // what is missing stands last, either way
        return (down ? -1 : 1) * (counted ? number(x) - number(y) : x.localeCompare(y));
      };
      table.append(...[...records].sort(compare));
    });
  });
  const below = [table.tHead, ...records].flatMap((part) => [...part.rows].slice(1));
  if (below.length) switchable("the lines below", () => below);
  tools.append(choice);
  (table.parentElement.tagName === "DETAILS" ? table : table.parentElement).before(tools);
}
// On paper and where a link leads into it, nothing is folded.
const unfold = () => {
  const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let at = place; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  if (place) place.scrollIntoView();
};
addEventListener("hashchange", unfold);
unfold();
addEventListener("beforeprint", () => {
  document.querySelectorAll("main details").forEach((one) => (one.open = true));
});
