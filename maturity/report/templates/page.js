"use strict";
// Charts are drawn anew where the colours change; whoever has no script, and paper,
// gets the drawings that are in the page already.
const dark = matchMedia("(prefers-color-scheme: dark)");
// Expressions are worked out step by step (ast), never turned into code that is run.
const HOW = { actions: false, ast: true, renderer: "svg" };
const shown = new Map();

async function draw(figure) {
  const { spec, light, dark: night } = JSON.parse(figure.querySelector("script").textContent);
  const live = figure.querySelector(".live");
  const placed = spec.autosize.type === "none"; // by its own arithmetic, in pixels
  figure.classList.add("drawn");
  shown.get(live)?.view.finalize();
  try {
    const width = placed ? live.clientWidth : spec.width;
    const config = dark.matches ? night : light;
    const { view } = await vegaEmbed(live, { ...spec, width, config }, HOW);
    shown.set(live, { view, placed });
    live.querySelector("svg").setAttribute("aria-hidden", "true");
  } catch (error) {
    figure.classList.remove("drawn");
    throw error;
  }
}

const figures = [...document.querySelectorAll("figure")];
const drawAll = () => Promise.all(figures.map(draw));
dark.addEventListener("change", drawAll);
addEventListener("resize", () => {
  for (const [live, { view, placed }] of shown) if (placed && live.clientWidth) view.width(live.clientWidth).run();
});
drawAll().then(() => { document.documentElement.dataset.ready = "yes"; });

// A click on the name of a column sorts by it; numbers by what they are worth.
function sort(table, column, heading) {
  const falling = heading.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
  const read = (row) => row.cells[column].textContent.trim();
  const order = new Intl.Collator("en", { numeric: true });
  const rows = [...table.tBodies[0].rows].sort((a, b) => order.compare(read(a), read(b)));
  table.tBodies[0].append(...(falling ? rows.reverse() : rows));
}
for (const table of document.querySelectorAll("table")) {
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    button.addEventListener("click", () => sort(table, column, heading));
    heading.replaceChildren(button);
  });
}

// Paper shows what is folded away on a screen.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  for (const one of folded) one.open = true;
});
addEventListener("afterprint", () => { for (const one of folded) one.open = false; });
