// Sends what was typed into another page of the same audit and did not arrive, for instance without a connection.
import { Kept, Line, SAID } from "./keeping.js";

for (const note of document.querySelectorAll("[data-resend]")) {
  const { save, person, of } = note.dataset;
  const kept = new Kept(person, of);
  const line = new Line({ save, person });
  const questions = kept.questions();
  let said = "";
  for (const question of questions) {
    const entry = kept.get(question);
    const became = await line.post(save, { question, fields: entry.fields, seen: entry.seen });
    if (became.state === "saved") kept.drop(question, entry.at);
    else said = SAID[became.state] ?? became.advice;
  }
  if (questions.length) {
    note.hidden = false;
    note.textContent = said || "What you had typed without a connection has been saved.";
  }
}
