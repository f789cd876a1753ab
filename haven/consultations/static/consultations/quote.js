// Puts the words of a contribution into the answer where the cursor stands. Without this file, the button "Quote" sends
// what is typed and brings the page back with the words below it.
const answer = document.querySelector("#answer-form textarea");

for (const button of document.querySelectorAll("button[name=quote]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const words = button.dataset.quote;
    const before = answer.value.slice(0, answer.selectionStart).replace(/\s*$/, "");
    const after = answer.value.slice(answer.selectionEnd).replace(/^\s*/, "");
    answer.value = [before, words, after].filter(Boolean).join("\n\n");
    answer.focus();
    const end = (before ? before.length + 2 : 0) + words.length;
    answer.setSelectionRange(end, end);
    answer.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
