// Shows the row of a mention as a card beside its words, finds words, and goes from mark to mark. Without it the
// page is whole: a mark leads to its row in the table, and the row back to the mark.
"use strict";

const bar = document.querySelector(".bar");
const box = bar.querySelector("input");
const said = bar.querySelector("output");
const texts = [...document.querySelectorAll(".text")];
const all = [...document.querySelectorAll("mark[id]")];
let card = null;
let current = null;

// The box of a type, and that of its kind.
const boxesOf = (type) => [type, type?.closest("ul")?.closest("li")?.querySelector("input")];
const shown = (mark) => boxesOf(document.getElementById(mark.classList[0])).every((one) => one?.checked !== false);

const close = () => {
  card?.remove();
  card = null;
  current?.classList.remove("on");
  current?.querySelector("a")?.removeAttribute("aria-describedby");
};

const line = (name, value) => {
  const term = document.createElement("dt");
  const description = document.createElement("dd");
  term.textContent = name;
  description.append(value);
  return [term, description];
};

const open = (mark) => {
  close();
  const row = document.getElementById(`r${mark.id.slice(1)}`);
  if (!row) return;
  current = mark;
  mark.classList.add("on");
  const [words, more] = row.cells;
  const [what] = row.parentElement.rows[0].cells;
  card = document.createElement("aside");
  card.className = "card";
  card.id = "card";
  mark.querySelector("a")?.setAttribute("aria-describedby", "card");
  card.setAttribute("aria-label", "The chosen mention");
  const head = document.createElement("h2");
  head.textContent = words.textContent;
  const kind = document.createElement("p");
  kind.textContent = what.firstChild.textContent.trim();
  const list = document.createElement("dl");
  const name = more.querySelector("i")?.textContent;
  if (name) list.append(...line("stands for", name));
  for (const bold of [...more.querySelectorAll("b"), ...what.querySelectorAll("b")]) {
    list.append(...line(bold.textContent, bold.nextSibling.textContent.trim().replace(/;$/, "")));
  }
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "✕";
  button.setAttribute("aria-label", "Close");
  button.addEventListener("click", () => { const from = current; close(); from?.querySelector("a")?.focus(); });
  card.append(head, kind, list, button);
  document.body.append(card);
  const place = mark.getBoundingClientRect();
  const first = mark.getClientRects()[0] ?? place;
  const left = Math.min(first.left, innerWidth - card.offsetWidth - 16);
  const below = place.bottom + 8 + card.offsetHeight < innerHeight || place.top < card.offsetHeight;
  card.style.left = `${Math.max(left, 16) + scrollX}px`;
  card.style.top = `${(below ? place.bottom + 8 : place.top - card.offsetHeight - 8) + scrollY}px`;
};

const go = (mark) => {
  history.replaceState(null, "", `#${mark.id}`);
  mark.scrollIntoView({ block: "center" });
  mark.querySelector("a")?.focus({ preventScroll: true });
  open(mark);
};

const step = (by) => {
  const marks = all.filter(shown);
  if (!marks.length) return;
  let place = marks.indexOf(current);
  if (place < 0) {
    const after = marks.findIndex((mark) => mark.getBoundingClientRect().top > 60);
    place = by > 0 ? (after < 0 ? marks.length : after) - 1 : after < 0 ? marks.length : after;
  }
  place = (place + by + marks.length) % marks.length;
  go(marks[place]);
  said.textContent = `${place + 1} of ${marks.length} marks`;
};

// Finding words: ranges of the text, drawn by the browser without a change of the page.
let ranges = [];
let at = -1;

const find = () => {
  const words = box.value.trim().toLowerCase().replace(/\s+/g, " ");
  ranges = [];
  at = -1;
  CSS.highlights?.delete("found");
  said.textContent = "";
  if (words.length < 2) return;
  for (const text of texts) {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let whole = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push([whole.length, node]);
      whole += node.data;
    }
    const flat = whole.toLowerCase().replace(/\s/g, " ");
    if (flat.length !== whole.length) continue;
    const point = (offset, end) => {
      let low = 0;
      let high = nodes.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (nodes[middle][0] < offset || (!end && nodes[middle][0] === offset)) low = middle;
        else high = middle - 1;
      }
      return [nodes[low][1], offset - nodes[low][0]];
    };
    for (let place = flat.indexOf(words); place >= 0; place = flat.indexOf(words, place + words.length)) {
      const range = document.createRange();
      range.setStart(...point(place, false));
      range.setEnd(...point(place + words.length, true));
      ranges.push(range);
    }
  }
  if (globalThis.Highlight) CSS.highlights.set("found", new Highlight(...ranges));
  said.textContent = ranges.length ? `found ${ranges.length} times` : "not found";
};

const next = () => {
  if (!ranges.length) return;
  at = (at + 1) % ranges.length;
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(ranges[at].cloneRange());
  ranges[at].startContainer.parentElement.scrollIntoView({ block: "center" });
  said.textContent = `${at + 1} of ${ranges.length}`;
};

// "Only" beside a box: all others lose their tick; a box of a type keeps that of its kind.
const boxes = [...document.querySelectorAll(".legend input")];
const tick = (keep) => { for (const one of boxes) one.checked = keep(one); close(); };
for (const one of boxes) {
  const entry = one.closest("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "only";
  button.setAttribute("aria-label", `Only ${one.parentElement.textContent.trim().replace(/\s+[\d,]+$/, "")}`);
  button.addEventListener("click", () => {
    const [, kind] = boxesOf(one);
    tick((other) => other === one || other === kind || (!kind && entry.contains(other)));
  });
  one.parentElement.after(button);
}
const every = document.querySelector("[data-every]");
if (every) { every.hidden = false; every.addEventListener("click", () => tick(() => true)); }

bar.hidden = false;
if (matchMedia("(max-width: 56rem)").matches) document.querySelector(".fold").open = false;
box.addEventListener("input", find);
bar.addEventListener("submit", (event) => { event.preventDefault(); next(); });
bar.addEventListener("click", (event) => {
  const by = event.target.closest("[data-step]")?.dataset.step;
  if (by) step(Number(by));
});
// The innermost mark around a place that is not hidden; where another cut it, its first piece.
const markAt = (place) => {
  for (let mark = place.closest("mark"); mark; mark = mark.parentElement.closest("mark")) {
    const first = document.getElementById(mark.id || mark.dataset.of);
    if (first && shown(first)) return first;
  }
  return null;
};
for (const text of texts) {
  text.addEventListener("click", (event) => {
    if (getSelection().toString()) return;
    const mark = markAt(event.target);
    if (event.target.closest("a")) event.preventDefault();
    if (!mark) return close();
    history.replaceState(null, "", `#${mark.id}`);
    open(mark);
  });
}
// The keys count where the text or the bar has the focus, so that they never stand in the way of others.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return close();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  if (!event.target.closest("main, .card") && event.target !== document.body) return;
  if (event.key === "n") step(1);
  if (event.key === "p") step(-1);
});
const arrive = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.matches("mark")) { target.scrollIntoView({ block: "center" }); open(target); }
};
addEventListener("hashchange", arrive);
addEventListener("beforeprint", close);
arrive();
