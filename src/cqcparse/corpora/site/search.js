// Finds sentences by the words in them. Loads, as scripts of the site, the files that it needs and no others.
"use strict";

const MOST = 100;
const store = { words: [], sentences: [], places: [] };
const waiting = new Map();

// What the files call when they are loaded.
var found = {};
for (const kind of Object.keys(store)) found[kind] = ([number, data]) => { store[kind][number] = data; };

const load = (kind, number) => {
  const name = `${kind}-${number}`;
  if (!waiting.has(name)) {
    waiting.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `search/${name}.js`;
      script.onload = () => resolve(store[kind][number]);
      script.onerror = reject;
      document.head.append(script);
    }));
  }
  return waiting.get(name);
};

const numbersOf = (coded) => {
  let sum = 0;
  return coded === "" ? [] : coded.split(" ").map((digits) => (sum += parseInt(digits, 36)));
};

// The sentences with a word that begins so; null if it is in too many of them to tell any apart.
const sentencesWith = async (beginning) => {
  let first = 0;
  while (first + 1 < search.firsts.length && search.firsts[first + 1] <= beginning) first += 1;
  const numbers = new Set();
  for (let file = first; file < search.firsts.length; file += 1) {
    if (file > first && !search.firsts[file].startsWith(beginning)) break;
    const words = await load("words", file);
    for (const [word, coded] of Object.entries(words)) {
      if (!word.startsWith(beginning)) continue;
      if (coded === "") return null;
      for (const number of numbersOf(coded)) numbers.add(number);
    }
  }
  return numbers;
};

const marked = (text, words) => {
  const parts = [];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})[\\p{L}\\p{N}]*`, "giu");
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    parts.push(text.slice(end, match.index), mark);
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
};

const row = ([place, start, text], [council, title, href, , score], words) => {
  const item = document.createElement("li");
  const where = document.createElement("span");
  where.className = "where";
  if (score) {
    const chip = document.createElement("span");
    chip.className = `sc s${score}`;
    chip.textContent = score;
    where.append(chip, " ");
  }
  where.append(`${council}, ${title}`);
  const link = document.createElement("a");
  link.href = `${href}#s${start}`;
  link.append(...marked(text, words));
  item.append(where, link);
  return item;
};

const form = document.getElementById("search");
const list = document.getElementById("results");
const count = document.getElementById("count");
let latest = 0;

const placeOf = async (number) => (await load("places", Math.floor(number / search.block)))[number % search.block];

const find = async () => {
  const turn = (latest += 1);
  const { q, council, statement, score } = form.elements;
  const words = q.value.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu) ?? [];
  history.replaceState(null, "", words.length ? `#q=${encodeURIComponent(q.value.trim())}` : location.pathname);
  if (!words.length || words.every((word) => word.length < 2)) {
    list.replaceChildren();
    count.textContent = "";
    return;
  }
  const sets = (await Promise.all(words.map(sentencesWith))).filter((set) => set !== null);
  if (!sets.length) {
    count.textContent = "These words are in so many sentences that they tell none apart; add another.";
    list.replaceChildren();
    return;
  }
  sets.sort((a, b) => a.size - b.size);
  const [fewest, ...others] = sets;
  const numbers = [...fewest].filter((number) => others.every((set) => set.has(number))).sort((a, b) => a - b);
  const wanted = ([name, , , about, step]) => (!council.value || name === council.value)
    && (!statement.value || about === statement.value)
    && (!score.value || step === Number(score.value));
  const chosen = council.value || statement.value || score.value;
  const looked = chosen ? numbers : numbers.slice(0, MOST);
  await Promise.all([...new Set(looked.map((n) => Math.floor(n / search.block)))].map((n) => load("sentences", n)));
  const rows = [];
  let total = 0;
  for (const number of numbers) {
    if (!chosen && rows.length >= MOST) {
      total = numbers.length;
      break;
    }
    const sentence = (await load("sentences", Math.floor(number / search.block)))[number % search.block];
    const place = await placeOf(sentence[0]);
    if (turn !== latest) return;
    if (!wanted(place)) continue;
    total += 1;
    if (rows.length < MOST) rows.push(row(sentence, place, words));
  }
  if (turn !== latest) return;
  list.replaceChildren(...rows);
  const first = total > rows.length ? `, the first ${rows.length} below` : "";
  count.textContent = total === 1 ? "1 sentence" : `${total.toLocaleString("en-GB")} sentences${first}`;
};

form.hidden = false;
document.getElementById("without").hidden = true;
form.addEventListener("input", find);
form.addEventListener("submit", (event) => event.preventDefault());
const asked = new URLSearchParams(location.hash.slice(1)).get("q");
if (asked) form.elements.q.value = asked;
find();
