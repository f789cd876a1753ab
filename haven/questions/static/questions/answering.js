// Saves each answer a moment after it is changed. Without this file, "Save and go on" does the same for the whole page.
import { Kept, Line, SAID } from "./keeping.js";

const PAUSE = 800;
const AGAIN = 8000;
const form = document.querySelector("form[data-answers]");
const { save, person } = form.dataset;
const bar = form.querySelector("[data-bar]");
const status = form.querySelector("[data-status]");
const kept = new Kept(person, form.dataset.return);
const line = new Line({ save, person, token: form.querySelector("[name=csrfmiddlewaretoken]").value });
const timers = new Map();
const busy = new Map();
let retry;
let said = "";

const boxOf = (question) => form.querySelector(`[data-question="${CSS.escape(question)}"]`);
const boxes = () => [...form.querySelectorAll("[data-question]")];

function say(words, state) {
  bar.dataset.state = state;
  if (said === words) return; // read out once
  said = words;
  status.textContent = words;
  if (state === "out") {
    const link = document.createElement("a");
    link.href = form.dataset.signIn;
    link.target = "_blank";
    link.className = "govuk-link";
    link.textContent = "Sign in (opens in a new tab)";
    status.append(" ", link);
  }
}

// --- reading and filling the fields of a question ---

function fieldsOf(box) {
  const fields = {};
  for (const field of box.querySelectorAll("input, textarea")) {
    if (!field.name || field.type === "hidden" || (field.type === "radio" && !field.checked)) continue;
    fields[field.name] = field.value;
  }
  return fields;
}

function fill(box, fields) {
  for (const field of box.querySelectorAll("input, textarea")) {
    if (field.type === "hidden") continue;
    if (field.type === "radio") field.checked = fields[field.name] === field.value;
    else if (field.name in fields) field.value = fields[field.name];
  }
  box.querySelector("[data-change]")?.setAttribute("open", "");
}

const seenOf = (box) => Number(box.querySelector(`[name="${CSS.escape(box.dataset.question)}.seen"]`).value);

function setSeen(box, revision) {
  box.querySelector(`[name="${CSS.escape(box.dataset.question)}.seen"]`).value = revision;
}

// --- showing only what is needed ---

function reveal(box) {
  const more = box.querySelector("[data-more]");
  if (!more) return;
  const isLacking = box.querySelector("[data-lacking]:checked") !== null;
  const isFilled = [...more.querySelectorAll("input, textarea")].some((field) => field.value);
  more.hidden = !(isLacking || isFilled || more.dataset.wanted);
  const by = more.querySelector("[data-by]");
  if (by) by.hidden = !(isLacking || [...by.querySelectorAll("input")].some((field) => field.value));
  box.querySelector("[data-note]").hidden = !more.hidden;
}

function offerNote(box) {
  const more = box.querySelector("[data-more]");
  if (!more) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "questions-link";
  button.dataset.note = "";
  button.append("Add a note", Object.assign(document.createElement("span"), { className: "govuk-visually-hidden", textContent: ` to ${box.querySelector(".questions-q__ref").textContent}` }));
  button.addEventListener("click", () => {
    more.dataset.wanted = "1";
    reveal(box);
    more.querySelector("textarea").focus();
  });
  more.before(button);
}

function put(name, value) {
  for (const place of document.querySelectorAll(`[data-${name}]`)) place.textContent = value;
}

function count(told) {
  if (told.section) {
    put("section-answered", told.section.answered);
    put("section-asked", told.section.asked);
    put("here", told.section.answered < told.section.asked ? `${told.section.answered}/${told.section.asked}` : "✓");
  }
  if (told.all) {
    put("answered", told.all.answered.toLocaleString("en-GB"));
    put("asked", told.all.asked.toLocaleString("en-GB"));
  }
  for (const box of told.asked ? boxes() : []) box.hidden = !told.asked.includes(box.dataset.question);
}

function tell(part, words) {
  if (!part) return;
  part.hidden = !words;
  (part.querySelector("span:not(.govuk-visually-hidden)") ?? part).textContent = words;
}

function show(box, told) {
  const tag = box.querySelector("[data-state]");
  if (told.label) {
    tag.textContent = told.label;
    tag.className = `govuk-tag govuk-tag--${told.colour}`;
  }
  tell(box.querySelector("[data-fault]"), told.fault);
  box.classList.toggle("govuk-form-group--error", Boolean(told.fault));
  const typing = box.contains(document.activeElement) && document.activeElement.matches("textarea, [type=text], :not([type])");
  tell(box.querySelector("[data-owed]"), typing ? "" : told.owed);
  box.dataset.owes = told.owed ?? "";
  tell(box.querySelector("[data-child]"), told.child);
  if (told.saving === "beside" || told.clash) box.querySelector("[data-clash]").innerHTML = told.clash;
  if (told.saving === "written") box.querySelector("[data-ready]")?.remove();
}

// --- saving ---

async function send(question, isLast = false) {
  clearTimeout(timers.get(question));
  timers.delete(question);
  if (busy.has(question)) {
    await busy.get(question);
    if (!kept.get(question)) return "saved";
  }
  const entry = kept.get(question);
  if (!entry) return "saved";
  bar.dataset.state = "saving";
  const sending = line.post(save, { question, fields: entry.fields, seen: entry.seen }, isLast);
  busy.set(question, sending);
  const became = await sending;
  busy.delete(question);
  return became.state === "saved" ? arrived(question, entry, became.told) : missed(became);
}

function arrived(question, entry, told) {
  const box = boxOf(question);
  if (!told.fault) kept.drop(question, entry.at);
  if (box) {
    if (told.saving && told.saving !== "beside") setSeen(box, told.revision);
    const later = kept.get(question);
    if (later && !told.fault && told.saving !== "beside") kept.put(question, later.fields, told.revision);
    show(box, told);
  }
  count(told);
  if (told.fault) say("One answer is not saved: look at what is marked.", "fault");
  else if (told.saving === "beside") say("Two of you wrote at the same time. Both wordings are kept: choose one.", "beside");
  else say(`Saved at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`, "saved");
  return told.fault ? "fault" : "saved";
}

function missed({ state, advice }) {
  say(state === "refused" ? `Not saved. ${advice}` : SAID[state], state);
  clearTimeout(retry);
  if (state === "lost" || state === "out") retry = setTimeout(flush, AGAIN);
  return state;
}

/** Send everything that is kept for this audit, whichever page it was typed into; what became of the worst. */
async function flush(isLast = false) {
  for (const question of kept.questions()) {
    const state = await send(question, isLast);
    if (state !== "saved" && state !== "fault") return state;
  }
  return "saved";
}

form.addEventListener("input", ({ target }) => {
  const box = target.closest("[data-question]");
  if (!box) return;
  const question = box.dataset.question;
  kept.put(question, fieldsOf(box), seenOf(box));
  reveal(box);
  clearTimeout(timers.get(question));
  timers.set(question, setTimeout(() => send(question), target.type === "radio" ? 0 : PAUSE));
});

form.addEventListener("focusout", ({ target }) => {
  const box = target.closest("[data-question]");
  if (box?.dataset.owes) tell(box.querySelector("[data-owed]"), box.dataset.owes);
});

// --- confirming ---

const confirming = new Set(); // the buttons that were pressed and not yet answered
const ONWARD = "haven-onward"; // where to go on after the page was loaded again

function goTo(button) {
  button.closest("[data-question]").scrollIntoView({ block: "start" });
  button.focus({ preventScroll: true });
}

function confirmed(question, told) {
  const box = boxOf(question);
  show(box, told);
  setSeen(box, seenOf(box) + 1);
  box.querySelector("[data-confirm]").replaceWith(Object.assign(document.createElement("p"), { className: "questions-confirmed", textContent: "✓ Confirmed" }));
}

async function confirm(wanted) {
  const buttons = wanted.filter((button) => !confirming.has(button));
  if (!buttons.length) return "saved";
  for (const button of buttons) confirming.add(button);
  try {
    return await confirmEach(buttons);
  } finally {
    for (const button of buttons) confirming.delete(button);
  }
}

async function confirmEach(buttons) {
  const seen = Object.fromEntries(buttons.map((button) => [button.value, seenOf(boxOf(button.value))]));
  const following = [...form.querySelectorAll("[data-confirm]")];
  const next = following[following.indexOf(buttons.at(-1)) + 1] ?? following.find((each) => !buttons.includes(each));
  const became = await line.post(form.dataset.confirmAt, { seen });
  if (became.state !== "saved") return missed(became);
  if (became.told.confirmed.length < buttons.length) { // something stands there by now
    sessionStorage.setItem(ONWARD, next?.value ?? "");
    return location.reload();
  }
  for (const question of became.told.confirmed) confirmed(question, became.told.stands[question]);
  count(became.told);
  const left = form.querySelectorAll("[data-confirm]").length;
  put("waiting", left);
  if (left < 2) form.querySelector("[data-all-ready]")?.remove();
  document.querySelector("[data-waiting-note]")?.toggleAttribute("hidden", !left);
  say(left ? `Confirmed. ${left} still stand ready here.` : "Confirmed. Nothing more stands ready here.", "saved");
  if (next?.isConnected) goTo(next);
  else form.querySelector("[name=on]").focus();
  return "saved";
}

form.addEventListener("submit", async (event) => {
  const pressed = event.submitter;
  if (pressed?.matches("[data-confirm]") || pressed?.name === "confirm-all") {
    event.preventDefault();
    const all = [...form.querySelectorAll("[data-question]:not([hidden]) [data-confirm]")];
    await confirm(pressed.name === "confirm-all" ? all : [pressed]);
    return;
  }
  if (!kept.questions().length) return;
  event.preventDefault(); // first what is typed, then the button
  const state = await flush();
  if (state === "saved") form.dataset.through = "1";
  if (state === "saved" && pressed?.name === "on" && form.querySelector("[data-fault]:not([hidden])")) {
    form.querySelector("[data-fault]:not([hidden])").closest("[data-question]").querySelector("input:not([type=hidden]), textarea").focus();
  } else if (state === "saved") {
    go(pressed);
  }
});

/** Press a button's way onwards, now that everything is saved. */
function go(pressed) {
  if (pressed?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: pressed.name, value: pressed.value }));
  HTMLFormElement.prototype.submit.call(form);
}

// --- beginning, and coming back ---

bar.hidden = false;
for (const box of boxes()) {
  offerNote(box);
  const entry = kept.get(box.dataset.question);
  if (entry) fill(box, entry.fields);
  reveal(box);
}
flush();

const note = document.querySelector("[data-waiting-note]");
const firstReady = () => form.querySelector("[data-question]:not([hidden]) [data-confirm]");
note?.querySelector("[data-by-key]")?.removeAttribute("hidden");
note?.querySelector("a").addEventListener("click", (event) => {
  if (!firstReady()) return;
  event.preventDefault();
  goTo(firstReady());
});
const onward = sessionStorage.getItem(ONWARD);
sessionStorage.removeItem(ONWARD);
if (onward !== null) {
  const again = onward && boxOf(onward)?.querySelector("[data-confirm]");
  if (again || firstReady()) goTo(again || firstReady());
}

addEventListener("online", () => flush());
addEventListener("focus", () => { if (["lost", "out", "other"].includes(bar.dataset.state)) flush(); });
document.addEventListener("visibilitychange", () => flush(document.visibilityState === "hidden"));
addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
