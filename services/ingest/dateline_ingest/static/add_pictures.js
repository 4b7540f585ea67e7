// Adding pictures: files are chosen, dropped or pasted, each goes by itself with a bar, and its words are asked for
// beneath as soon as it arrived. Without it the form sends all at once, and the next page asks.

import { send } from "./send_file.js";

const AT_ONCE = 2;
const LOOK_AGAIN = 800; // milliseconds
const MOST_LOOKS = 60;

const form = document.getElementById("adding");
const list = document.getElementById("sending");
const cards = document.getElementById("cards");
const said = document.getElementById("sending-said");
const waiting = [];
let under_way = 0;
let arrived = 0;
let number = 0;

if (form) start();

function start() {
  const field = form.elements.file;
  document.getElementById("send").hidden = true;
  form.insertAdjacentHTML("beforeend", '<p class="about">You may also drop pictures anywhere on this page, or paste one.</p>');
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take(field.files);
  });
  field.addEventListener("change", () => {
    take(field.files);
    field.value = "";
  });
  addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    form.classList.add("over");
  });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
  addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    form.classList.remove("over");
    take(event.dataTransfer.files);
  });
  addEventListener("paste", (event) => {
    if (event.clipboardData?.files.length) take(event.clipboardData.files);
  });
  addEventListener("beforeunload", (event) => { if (under_way || waiting.length || unsaved()) event.preventDefault(); });
  cards.addEventListener("submit", keep);
  cards.addEventListener("input", (event) => event.target.form?.setAttribute("data-typed", ""));
  for (const card of cards.querySelectorAll(".card")) look(card);
}

const unsaved = () => cards.querySelector("form[data-typed]");

function take(files) {
  for (const file of files) waiting.push(row(file));
  go();
}

function go() {
  while (under_way < AT_ONCE && waiting.length) begin(waiting.shift());
}

function row(file) {
  const place = document.createElement("li");
  const line = Object.assign(document.createElement("p"), { className: "line" });
  const name = Object.assign(document.createElement("bdi"), { textContent: file.name || "A pasted picture", id: `sent-${++number}` });
  const state = Object.assign(document.createElement("span"), { className: "about", textContent: "waiting" });
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-labelledby", name.id);
  line.append(name, state);
  place.append(line, bar);
  list.append(place);
  return { file, place, state, bar, name: name.textContent };
}

async function begin(one) {
  under_way += 1;
  one.state.textContent = "on its way";
  const fields = new FormData();
  for (const name of ["csrf_token", "credit"]) fields.append(name, form.elements[name].value);
  fields.append("file", one.file, one.file.name || "pasted.png");
  const answer = await send(form.action, fields, (part) => {
    one.bar.value = part;
    one.state.textContent = part < 1 ? `${Math.floor(part * 100)} %` : "being looked at";
  });
  under_way -= 1;
  if (answer.ok) arrive(one, answer.text);
  else fail(one, answer);
  go();
}

function arrive(one, html) {
  const card = parsed(html);
  if (!card) return fail(one, { why: "The server’s answer can’t be read." });
  arrived += 1;
  one.place.remove();
  const same = document.getElementById(card.id);
  if (same) same.querySelector("form[data-typed]") || same.replaceWith(card);
  else cards.append(card);
  const left = waiting.length + under_way;
  said.textContent = `${one.name} arrived; ${left ? `${left} on their way` : `all ${arrived} are here`}. Its words are asked for below.`;
  if (!left && !cards.contains(document.activeElement)) cards.querySelector(".card:not(.kept)")?.focus();
  look(document.getElementById(card.id));
}

function fail(one, { why, field }) {
  const again = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Try again" });
  const words = Object.assign(document.createElement("span"), { className: "wrong", textContent: why });
  const leave = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Leave it out" });
  for (const button of [again, leave]) button.setAttribute("aria-label", `${button.textContent}: ${one.name}`);
  const buttons = Object.assign(document.createElement("p"), { className: "do" });
  buttons.append(again, leave);
  one.state.textContent = "not taken";
  one.bar.hidden = true;
  one.place.append(words, buttons);
  said.textContent = `${one.name} was not taken: ${why}`;
  if (field && field !== "file") document.getElementById(field)?.focus();
  leave.addEventListener("click", () => {
    one.place.remove();
    form.elements.file.focus();
  });
  again.addEventListener("click", () => {
    for (const part of [words, buttons]) part.remove();
    one.bar.hidden = false;
    one.bar.value = 0;
    waiting.push(one);
    go();
  });
}

function parsed(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  return made.content.querySelector(".card");
}

async function keep(event) {
  event.preventDefault();
  const sent = event.target;
  const card = sent.closest(".card");
  const button = sent.querySelector(".do button");
  button.disabled = true;
  const answer = await send(sent.action, new FormData(sent), () => {});
  button.disabled = false;
  const shown = answer.html && parsed(answer.html);
  if (!shown) {
    said.textContent = answer.why;
    return sent.querySelector(".do").insertAdjacentElement("beforebegin", Object.assign(document.createElement("p"), { className: "wrong", textContent: answer.why }));
  }
  card.replaceWith(shown);
  if (!answer.ok) shown.querySelector("form")?.setAttribute("data-typed", "");
  const first = shown.querySelector("[aria-invalid]");
  first?.closest("details")?.setAttribute("open", "");
  (first ?? shown).focus();
  said.textContent = answer.ok ? "Saved." : "Something is to be put right; nothing you typed is lost.";
  look(shown);
}

// A picture that is being made ready: its thumbnail, and what is nearly the same, come when it is.
async function look(card, times = 0) {
  const place = card?.querySelector("[data-look]");
  if (!place || times > MOST_LOOKS) return;
  await new Promise((done) => setTimeout(done, LOOK_AGAIN * (1 + times / 8)));
  const answer = document.hidden ? null : await fetch(place.dataset.look).catch(() => null);
  if (!place.isConnected) return;
  if (answer?.ok) {
    place.innerHTML = await answer.text();
    if (answer.headers.get("X-Settled")) return place.removeAttribute("data-look");
  }
  look(card, times + 1);
}
