// Makes the reading of a section quicker: keys for its answers. The page works without it.

const list = document.querySelector("[data-answers]");
const told = document.querySelector("[data-told]");

const cards = () => [...list.querySelectorAll("[data-answer]")];
const current = () => document.activeElement?.closest("[data-answer]") ?? null;

function show(card) {
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  const all = cards();
  told.textContent = `Answer ${card.dataset.answer}, ${all.indexOf(card) + 1} of ${all.length}`;
}

function step(by) {
  const all = cards();
  const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(current()) + by))];
  if (next) show(next);
}

function say(card) {
  const place = card?.querySelector("[data-say]");
  if (!place) return;
  place.open = true;
  place.querySelector("textarea").focus();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const key = event.key.toLowerCase();
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "c") say(current());
  else if (key === "n") document.querySelector("a[rel=next]")?.click();
  else return;
  event.preventDefault();
}

// Keys work only while an answer has the focus, so that they are in nobody's way elsewhere.
list?.addEventListener("keydown", onKey);

function arrive() {
  const card = document.getElementById(location.hash.slice(1)) ?? cards()[0];
  if (card?.matches("[data-answer]")) show(card);
}

document.querySelector("[data-begin]")?.addEventListener("click", () => step(1));
document.querySelectorAll("[data-with-keys]").forEach((hint) => { hint.hidden = false; });
window.addEventListener("hashchange", arrive);
if (list && location.hash) arrive();
