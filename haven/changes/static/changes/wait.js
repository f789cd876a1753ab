// Looks whether the work is done, and shows what came of it. Without this the page asks for itself again and again.

const waits = document.querySelector("[data-waits]");

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!(await answer.text()).includes("data-waits")) return location.reload();
  } catch {
    // the connection is away for a moment: look again
  }
  setTimeout(look, 1000);
}

if (waits) setTimeout(look, 700);
