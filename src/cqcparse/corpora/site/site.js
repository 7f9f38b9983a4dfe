// Sorts and filters the tables of a page. Without it each table is there, in its first order.
"use strict";

const valueOf = (cell, kind) => {
  const text = cell.dataset.value ?? cell.textContent.trim();
  if (kind !== "number") return text.toLowerCase();
  const number = parseFloat(text.replace(/[^0-9.-]/g, ""));
  return Number.isNaN(number) ? -Infinity : number;
};

const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "en-GB"));

const sortBy = (table, head, kind) => {
  const down = head.getAttribute("aria-sort") === "none" ? kind === "number" && !head.hasAttribute("data-up")
    : head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [valueOf(row.cells[head.cellIndex], kind), row]);
  rows.sort((a, b) => (down ? compare(b[0], a[0]) : compare(a[0], b[0])));
  body.append(...rows.map(([, row]) => row));
};

for (const table of document.querySelectorAll("[data-sortable]")) {
  for (const head of table.tHead.querySelectorAll("[data-sort]")) {
    const kind = head.dataset.sort;
    if (kind === "none") continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => sortBy(table, head, kind));
  }
}

for (const form of document.querySelectorAll("[data-filters]")) {
  const rows = [...document.querySelectorAll("[data-sortable] tbody tr")];
  const show = () => {
    const { text, region, type } = form.elements;
    const words = text.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      row.hidden = !(
        row.cells.length
        && row.querySelector("th").textContent.toLowerCase().includes(words)
        && (!region?.value || row.dataset.region === region.value)
        && (!type?.value || row.dataset.type === type.value)
      );
      count += !row.hidden;
    }
    form.querySelector("output").textContent = count === rows.length ? "" : `${count} of ${rows.length} councils`;
  };
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
}
