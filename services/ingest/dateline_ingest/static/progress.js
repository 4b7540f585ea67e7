// The line of four steps fills by itself while a story is on its way.

const BETWEEN = [1000, 1000, 1000, 2000, 2000, 5000];
const MOST = 60; // looks: some minutes
let looks = 0;

async function look() {
  const progress = document.getElementById("progress");
  if (progress?.dataset.state !== "accepted" || looks >= MOST) return;
  if (!document.hidden) {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } }).catch(() => null);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const fresh = page?.getElementById("progress");
    if (fresh && fresh.outerHTML !== progress.outerHTML) {
      progress.replaceChildren(...fresh.childNodes);
      progress.dataset.state = fresh.dataset.state;
      document.getElementById("revisions")?.replaceWith(page.getElementById("revisions"));
    }
  }
  setTimeout(look, BETWEEN[Math.min(looks++, BETWEEN.length - 1)]);
}

setTimeout(look, 500);
