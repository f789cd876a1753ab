// What is typed, kept in this browser until the server has it; and the line to the server.

const HEAD = "haven-answer";

/** The answers one person has typed for one audit and the server does not have yet. */
export class Kept {
  constructor(person, of) {
    this.head = `${HEAD}/${person}/${of}/`;
    this.memory = new Map();
  }

  /** Keep the fields of a question as they are now. */
  put(question, fields, seen) {
    const entry = { fields, seen, at: Date.now() };
    this.memory.set(question, entry);
    try { localStorage.setItem(this.head + question, JSON.stringify(entry)); } catch { /* the page still has it */ }
  }

  /** What is kept for a question; nothing where the server has all. */
  get(question) {
    if (this.memory.has(question)) return this.memory.get(question);
    try { return JSON.parse(localStorage.getItem(this.head + question)); } catch { return null; }
  }

  /** Forget a question, unless it was typed into again since. */
  drop(question, at) {
    if (this.get(question)?.at !== at) return;
    this.memory.delete(question);
    try { localStorage.removeItem(this.head + question); } catch { /* nothing was kept there */ }
  }

  /** The questions of which something is kept. */
  questions() {
    const found = new Set(this.memory.keys());
    try {
      for (let place = 0; place < localStorage.length; place += 1) {
        const name = localStorage.key(place);
        if (name.startsWith(this.head)) found.add(name.slice(this.head.length));
      }
    } catch { /* nothing is kept there */ }
    return [...found];
  }
}

/** The line to the server: what is sent becomes "saved", "refused", "lost" (no connection), "out" (signed out) or
 *  "other" (somebody else has signed in). */
export class Line {
  constructor({ save, person, token }) {
    this.save = save;
    this.person = person;
    this.token = token;
  }

  async post(address, body, isLast = false) {
    if (!this.token) {
      const became = await this.renew();
      if (became !== "ok") return { state: became };
    }
    const answer = await this.#send(address, body, isLast);
    if (answer?.status !== 403) return this.#told(answer);
    const became = await this.renew(); // signing in again makes another token
    return became === "ok" ? this.#told(await this.#send(address, body, isLast)) : { state: became };
  }

  /** Ask for a new token, and whether the same person is signed in. */
  async renew() {
    const answer = await fetch(this.save, { redirect: "manual" }).catch(() => null);
    if (!answer) return "lost";
    if (answer.type === "opaqueredirect") return "out";
    if (!answer.ok) return "other"; // whoever is signed in may not see this
    const { token, person } = await answer.json();
    if (person !== this.person) return "other";
    this.token = token;
    return "ok";
  }

  #send(address, body, keepalive) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    return fetch(address, { method: "POST", redirect: "manual", headers, body: JSON.stringify(body), keepalive }).catch(() => null);
  }

  async #told(answer) {
    if (!answer) return { state: "lost" };
    if (answer.type === "opaqueredirect") return { state: "out" };
    if (answer.status === 409) return { state: "refused", ...(await answer.json()) };
    if (answer.status === 404) return { state: "other" };
    return answer.ok ? { state: "saved", told: await answer.json() } : { state: "lost" };
  }
}

export const SAID = {
  lost: "Not saved yet: no connection. What you type is kept in this browser and sent when the connection is back.",
  out: "Not saved yet: you have been signed out. What you typed is kept in this browser. Sign in again in another tab, then come back to this one.",
  other: "Not saved: somebody else has signed in here, or you may no longer answer. What you typed is kept in this browser for you.",
};
