// The tags while one writes: the list is asked for when the text has rested for a moment, and what the reporter says of a
// tag stands in the form's fields. The page works without it, by boxes and the button "Show the tags".
import { mark, unmark } from "./tag_words.js";

const PAUSE = 600; // milliseconds without a letter
const TEXT = ["headline", "summary", "body_html", "section", "place", "language"];
const LISTS = { person: "people", place: "places", organisation: "organisations", topic: "topics" };

const form = document.querySelector("form.story");
const list = document.getElementById("tags-found");
if (form && list) start();

function start() {
  const status = document.getElementById("tags-status");
  let shown = ""; // the text whose tags are in the list; a browser may have filled in another than the page was made with
  let timer = 0;
  let asking = null;

  form.querySelector("[name=show_tags]").hidden = true;
  dress();
  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("change", () => later(PAUSE));
  form.addEventListener("tag-choice", (event) => choose(event.detail.action, event.detail.key, event.detail.words));
  list.addEventListener("click", (event) => act(event.target.closest("button[data-do]")));
  list.addEventListener("click", (event) => {
    if (!event.target.closest("a[href='#language']")) return;
    event.preventDefault();
    field("language").closest("details").open = true;
    field("language").focus();
  });
  list.addEventListener("change", (event) => {
    event.stopPropagation(); // it is no part of the text
    if (event.target.dataset.do === "instead") choose("instead", keyOf(event.target), event.target.value);
  });
  if (value("headline") || value("body_html") || value("body_text")) later(0);

  function field(name) {
    return form.elements[name];
  }
  function value(name) {
    return field(name)?.value ?? "";
  }
  function asked() {
    const body = value("body_html") || value("body_text");
    return JSON.stringify([...TEXT.map(value), body, ...Object.values(LISTS).map(value), value("removed_tags")]);
  }

  // --- one request at a time, none for what is shown already, and none that is late is shown ---
  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(() => { asking ??= ask().finally(() => { asking = null; }); }, wait);
  }
  async function ask() {
    const text = asked();
    if (text === shown) return;
    const options = { method: "POST", body: new FormData(form), headers: { Accept: "text/html" } };
    const answer = await fetch(list.dataset.address, options).catch(() => null);
    const page = answer?.ok ? await answer.text().catch(() => null) : null;
    if (asked() !== text) return later(PAUSE);
    if (page === null) return say("The tags can’t be looked up now. What you say of them is kept.");
    shown = text;
    show(new DOMParser().parseFromString(page, "text/html").body);
  }
  function say(text) {
    status.textContent = text;
  }

  // --- the list ---
  function dress() {
    for (const plain of list.querySelectorAll("[data-plain]")) plain.remove();
    for (const script of list.querySelectorAll("[data-js]")) script.hidden = false;
    for (const choice of list.querySelectorAll("select[data-do]")) choice.removeAttribute("name");
  }
  function show(fresh) {
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    const [key, action] = focused ? [keyOf(focused), focused.dataset.do] : [];
    const open = list.querySelector("details")?.open;
    unmark();
    list.replaceChildren(...fresh.childNodes);
    dress();
    if (open && list.querySelector("details")) list.querySelector("details").open = true;
    const count = list.querySelectorAll(":scope > ul > .tag[data-found]").length;
    say(`${count} tag${count === 1 ? "" : "s"}`);
    if (focused) focusOn(key, action);
  }
  function focusOn(key, action) {
    const line = lines().find((one) => one.dataset.key === key);
    (line?.querySelector(`[data-do="${action}"]`) ?? line?.querySelector("button, select") ?? document.getElementById("tags-heading")).focus();
  }
  function lines() {
    return Array.from(list.querySelectorAll(".tag"));
  }
  function keyOf(element) {
    return element.closest(".tag")?.dataset.key;
  }

  // --- what the reporter says ---
  function act(button) {
    if (!button) return;
    const line = button.closest(".tag");
    if (button.dataset.do === "language") {
      write("language", [button.value]);
      document.getElementById("tags-heading").focus();
      later(0);
    } else if (button.dataset.do === "mark") toggle(button, line);
    else choose(button.dataset.do, line.dataset.key);
  }
  function toggle(button, line) {
    const pressed = button.getAttribute("aria-pressed") === "true";
    for (const other of list.querySelectorAll("[aria-pressed=true]")) other.setAttribute("aria-pressed", "false");
    if (pressed) return unmark();
    button.setAttribute("aria-pressed", "true");
    const count = mark(form, JSON.parse(line.dataset.words));
    say(count ? `Marked in the text: ${count}` : "These words are no longer in the text.");
  }
  function choose(action, key, other) {
    const line = lines().find((one) => one.dataset.key === key);
    if (action === "add") put(key, true);
    if (action === "remove" || action === "instead") {
      put(key, false);
      if (line?.dataset.found || action === "instead") write("removed_tags", [...read("removed_tags"), key]);
    }
    if (action === "instead") put(other, true);
    if (action !== "remove" && action !== "instead") takeBack(key);
    if (action === "instead") takeBack(other);
    later(0);
  }
  function put(key, isIn) {
    const [type, slug] = key.split(":");
    const others = read(LISTS[type]).filter((one) => one !== slug);
    write(LISTS[type], isIn ? [...others, slug] : others);
  }
  function takeBack(key) {
    write("removed_tags", read("removed_tags").filter((one) => one !== key));
  }
  function read(name) {
    return value(name).split(",").map((one) => one.trim()).filter(Boolean);
  }
  function write(name, values) {
    const joined = Array.from(new Set(values)).join(", ");
    if (joined === value(name)) return;
    field(name).value = joined;
    field(name).dispatchEvent(new Event("input", { bubbles: true }));
  }
}
