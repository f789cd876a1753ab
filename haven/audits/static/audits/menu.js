// Opens the list of sections where there is room for it beside the questions.
const menu = document.querySelector(".audits-menu__all");
if (matchMedia("(min-width: 60em)").matches) menu.open = true;
