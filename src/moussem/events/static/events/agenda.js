// The grid of an agenda: sessions are moved by mouse and by arrow keys. Without this module the link "Move" of each
// session opens a form; the module fills in the same form and sends it.

const says = document.querySelector("[data-says]");
const form = document.querySelector("form[data-move]");
const tables = [...document.querySelectorAll("table[data-agenda]")];
let taken = null;

const tell = (words, names) => {
  says.textContent = words.replace(/\{(\w+)\}/g, (whole, name) => names[name] ?? whole);
};

// Every row of every day as the cells that cover it, column by column.
const rowsOf = (table) => {
  const grid = [...table.tBodies[0].rows].map(() => []);
  [...table.tBodies[0].rows].forEach((row, y) => {
    let x = 0;
    [...row.cells].slice(1).forEach((cell) => {
      while (grid[y][x]) x += 1;
      for (let n = 0; n < cell.rowSpan && y + n < grid.length; n += 1) grid[y + n][x] = cell;
    });
  });
  return grid;
};
const rows = tables.flatMap(rowsOf);

const placeOf = (cell) => {
  const table = cell.closest("table");
  const x = rowsOf(table).find((row) => row.includes(cell)).indexOf(cell);
  const day = document.getElementById(table.parentElement.getAttribute("aria-labelledby")).textContent;
  return `${table.tHead.rows[0].cells[x + 1].textContent}, ${day}, ${cell.dataset.begins}`;
};

const later = (clock, minutes) => {
  const [hour, minute] = clock.split(":").map(Number);
  const end = Math.min(hour * 60 + minute + Number(minutes), 23 * 60 + 59);
  return [Math.floor(end / 60), end % 60].map((n) => String(n).padStart(2, "0")).join(":");
};

const send = (card, cell) => {
  const { space, on, begins } = cell.dataset;
  const ends = card.dataset.minutes ? later(begins, card.dataset.minutes) : "";
  const fields = { version: card.dataset.version, space, on, begins, ends };
  Object.entries(fields).forEach(([name, value]) => { form.elements[name].value = value; });
  form.action = card.dataset.session;
  tell(says.dataset.sent, { title: card.dataset.title, place: placeOf(cell) });
  form.submit();
};

const mark = (cell) => {
  document.querySelectorAll(".m-agenda-here").forEach((one) => one.classList.remove("m-agenda-here"));
  cell?.classList.add("m-agenda-here");
};

const leave = () => {
  taken.card.classList.remove("m-agenda-taken");
  taken.button.setAttribute("aria-pressed", "false");
  mark(null);
  taken = null;
};

const take = (card, button) => {
  const own = card.closest("td");
  const y = own ? rows.findIndex((row) => row.includes(own)) : 0;
  taken = { card, button, y, x: own ? rows[y].indexOf(own) : 0 };
  card.classList.add("m-agenda-taken");
  button.setAttribute("aria-pressed", "true");
  mark(rows[y][taken.x]);
  tell(says.dataset.taken, { title: card.dataset.title });
};

const step = (dx, dy) => {
  const here = rows[taken.y][taken.x];
  let { x, y } = taken;
  do {
    x += dx;
    y += dy;
  } while (rows[y]?.[x] === here && rows[y]?.[x]);
  if (!rows[y]) return;
  x = Math.min(x, rows[y].length - 1);
  if (x < 0 || !rows[y][x]) return;
  Object.assign(taken, { x, y });
  const cell = rows[y][x];
  mark(cell);
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  tell(cell.querySelector("[data-session]") ? says.dataset.busy : says.dataset.over, { place: placeOf(cell) });
};

const drop = () => {
  const { card, x, y } = taken;
  const cell = rows[y][x];
  if (cell === card.closest("td")) {
    tell(says.dataset.left, { title: card.dataset.title });
    leave();
  } else {
    send(card, cell);
  }
};

const ahead = document.dir === "rtl" ? -1 : 1;
const KEYS = {
  ArrowUp: () => step(0, -1),
  ArrowDown: () => step(0, 1),
  ArrowLeft: () => step(-ahead, 0),
  ArrowRight: () => step(ahead, 0),
  Enter: drop,
  " ": drop,
  Escape: () => { tell(says.dataset.left, { title: taken.card.dataset.title }); leave(); },
};

const arm = (card) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "m-btn m-btn-text m-btn-small";
  button.setAttribute("aria-pressed", "false");
  button.append(says.dataset.grab);
  button.addEventListener("click", () => (taken ? leave() : take(card, button)));
  button.addEventListener("blur", () => taken && leave());
  card.querySelector(".m-agenda-acts").append(button);
  card.draggable = true;
  card.querySelectorAll("a").forEach((link) => { link.draggable = false; });
  card.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", card.id);
    event.dataTransfer.effectAllowed = "move";
  });
};

if (form && says && rows.length) {
  document.querySelectorAll("[data-session]").forEach(arm);
  document.addEventListener("keydown", (event) => {
    if (!taken || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  tables.forEach((table) => {
    table.addEventListener("dragover", (event) => {
      const cell = event.target.closest("td");
      if (!cell) return;
      event.preventDefault();
      mark(cell);
    });
    table.addEventListener("drop", (event) => {
      event.preventDefault();
      const cell = event.target.closest("td");
      const card = document.getElementById(event.dataTransfer.getData("text/plain"));
      mark(null);
      if (cell && card?.dataset.session && cell !== card.closest("td")) send(card, cell);
    });
  });
  document.addEventListener("dragend", () => mark(null));
}
