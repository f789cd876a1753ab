// Makes the checking of a note quicker: keys for the items, and words chosen in the note. The page works without it.

const list = document.querySelector("[data-items]");
const note = document.querySelector("[data-note]");
const told = document.querySelector("[data-told]");

function cards() {
  return [...list.querySelectorAll("[data-item]")];
}

function current() {
  return document.activeElement?.closest("[data-item]") ?? null;
}

function show(card) {
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  const mark = document.getElementById(`mark-${card.dataset.item}`);
  if (mark && note.scrollHeight > note.clientHeight) {
    note.scrollTop += mark.getBoundingClientRect().top - note.getBoundingClientRect().top - 60;
  }
  const all = cards();
  told.textContent = `Item ${card.dataset.item}, ${all.indexOf(card) + 1} of ${all.length}: ${card.dataset.name}`;
}

function step(by) {
  const all = cards();
  const here = all.indexOf(current());
  const next = all[Math.min(all.length - 1, Math.max(0, here + by))];
  if (next) show(next);
}

const press = (card, key) => card?.querySelector(`[data-key="${key}"]`)?.click();

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const key = event.key.toLowerCase();
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (["a", "e", "d"].includes(key)) press(current(), key);
  else return;
  event.preventDefault();
}

// Keys work only while something in the list has the focus, so that they are in nobody's way elsewhere.
list?.addEventListener("keydown", onKey);

function arrive() {
  const card = document.getElementById(location.hash.slice(1));
  if (card?.matches("[data-item]")) show(card);
}

function chosen() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
  const range = selection.getRangeAt(0);
  const words = selection.toString().trim();
  if (!words || !note.contains(range.commonAncestorContainer)) return;
  const before = document.createRange();
  before.setStart(note, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const form = document.querySelector("[data-add]");
  form.closest("details").open = true;
  form.elements.words.value = words;
  form.elements.near.value = [...before.toString()].length;
}

note?.addEventListener("mouseup", () => setTimeout(chosen));
note?.addEventListener("keyup", chosen);
note?.addEventListener("click", (event) => {
  const number = event.target.closest("[data-number]");
  const card = number && document.getElementById(`item-${number.dataset.number}`);
  if (card) setTimeout(() => show(card));
});

document.querySelectorAll("[data-with-keys]").forEach((hint) => { hint.hidden = false; });
window.addEventListener("hashchange", arrive);
if (list) arrive();
