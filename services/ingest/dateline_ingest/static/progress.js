// The line of four steps fills by itself while a story is on its way: the server says when, or the page asks.

const BETWEEN = [1000, 1000, 1000, 2000, 2000, 5000];
const MOST = 60; // looks: some minutes
let looks = 0;

const isOnItsWay = () => document.getElementById("progress")?.dataset.state === "accepted";

async function look() {
  const progress = document.getElementById("progress");
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } }).catch(() => null);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const fresh = page?.getElementById("progress");
  if (!fresh || fresh.outerHTML === progress.outerHTML) return;
  progress.replaceChildren(...fresh.childNodes);
  progress.dataset.state = fresh.dataset.state;
  document.getElementById("revisions")?.replaceWith(page.getElementById("revisions"));
}

async function ask() {
  if (!isOnItsWay() || looks >= MOST) return;
  if (!document.hidden) await look();
  setTimeout(ask, BETWEEN[Math.min(looks++, BETWEEN.length - 1)]);
}

if (isOnItsWay()) {
  const told = new EventSource(`${location.pathname.replace(/\/$/, "")}/steps`);
  told.addEventListener("message", look);
  told.addEventListener("error", () => {
    told.close(); // it is over, or can't be had: what is still to come is asked for
    setTimeout(ask, 500);
  });
}
