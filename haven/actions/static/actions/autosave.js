// Keeps a form as it is being typed. Without this file, the button "Keep and come back later" does the same.
const PAUSE = 1500;

function keep(form, note) {
  const typed = new FormData(form);
  for (const [name, value] of [...typed]) {
    if (value instanceof File) typed.delete(name);
  }
  typed.set("place", form.dataset.place);
  return fetch(form.dataset.keep, { method: "POST", body: typed, redirect: "error" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then(({ kept }) => { note.textContent = `Kept at ${kept}.`; })
    .catch(() => { note.textContent = "Not kept: you may have been signed out. Copy what you typed before you leave this page."; });
}

for (const form of document.querySelectorAll("form[data-keep]")) {
  const note = form.querySelector("[data-kept]");
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => keep(form, note), PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}
