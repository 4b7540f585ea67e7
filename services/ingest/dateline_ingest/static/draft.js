// What is typed is saved as a draft while one writes: on the server, and on this device until the server has it.
// The page works without it, by its button "Save draft".

const PAUSE = 1500; // milliseconds from the first letter that isn't saved: less than two seconds with the way there
const RETRY = [2000, 4000, 8000, 15000];
const PATIENCE = 12000; // milliseconds: a connection that went away under a request may never say so
const KEEPALIVE = 60000; // bytes that a browser sends after its page is gone: 64 KB, less what surrounds them
const NAMES = ["csrf_token", "key", "draft", "draft_revision", "corrects", "revision"]; // the last two of a correction

const form = document.querySelector("form[data-drafts]");
if (form) start(form);

function start(form) {
  const status = document.getElementById("saving");
  const question = document.getElementById("conflict");
  const writer = document.body.dataset.writer;
  const tab = crypto.getRandomValues(new Uint32Array(2)).join("");
  const hidden = form.elements;
  const early = "typed" in form.dataset; // before this module had arrived
  let saved = early ? null : typed(); // what the server has, as far as this tab knows
  let unsure = null; // what was sent, and may have arrived or not
  let sending = null; // the save that is under way
  let timer = 0;
  let keeping = 0;
  let failures = 0;
  let blocked = false; // until somebody says which of two texts goes on
  let leaving = false;

  // --- what was typed, and what this device keeps of it: a record a tab, so that none takes another's away ---
  function typed() {
    const fields = {};
    for (const [name, value] of new FormData(form)) if (!NAMES.includes(name)) fields[name] = value.replace(/\r\n?/g, "\n");
    return JSON.stringify(fields);
  }
  function prefix(draft) {
    const begun = hidden.corrects ? `correction ${hidden.corrects.value}` : "new";
    return `dateline-draft ${writer} ${draft || begun}-`;
  }
  function keep() {
    clearTimeout(keeping);
    keeping = 0;
    const record = { key: hidden.key.value, base: hidden.draft_revision.value, story: hidden.revision?.value, fields: typed(), unsure, at: Date.now() };
    try {
      localStorage.setItem(prefix(hidden.draft.value) + tab, JSON.stringify(record));
    } catch { /* a full or forbidden store: the server has it soon */ }
  }
  function forget(where = prefix(hidden.draft.value) + tab) {
    clearTimeout(keeping);
    keeping = 0;
    try { localStorage.removeItem(where); } catch { /* as above */ }
  }
  function records(draft) {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(prefix(draft)));
      return names.map((where) => ({ where, ...JSON.parse(localStorage.getItem(where)) })).sort((a, b) => b.at - a.at);
    } catch {
      return [];
    }
  }

  // --- what is said ---
  function say(text, link) {
    if (status.textContent === (link ? `${text} ${link.textContent}` : text)) return; // a screen reader says it once
    status.replaceChildren(link ? `${text} ` : text, ...(link ? [link] : []));
  }
  function element(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }
  function button(textContent, act) {
    const made = element("button", { type: "button", className: "quiet", textContent });
    made.addEventListener("click", () => { question.replaceChildren(); act(); });
    return made;
  }
  function ask(textContent, ...buttons) {
    const row = element("p", { className: "do" });
    row.append(...buttons);
    question.replaceChildren(element("p", { textContent }), row);
  }

  // --- saving ---
  function later(wait = PAUSE) {
    if (!timer && !blocked) timer = setTimeout(() => save(), wait);
  }
  function again() {
    later(RETRY[Math.min(failures++, RETRY.length - 1)]);
    return false;
  }
  function save() {
    clearTimeout(timer);
    timer = 0;
    sending ??= send(unsure ?? typed()).finally(() => { sending = null; });
    return sending;
  }
  async function send(fields) {
    unsure = fields; // sent again as it is until there is an answer: the server takes a repeat for what it is
    keep();
    const { status: code, told } = await post(fields);
    if (!code) return again();
    unsure = null;
    if (code === 412) return overtaken(told);
    if (code >= 400) {
      keep();
      return false;
    }
    failures = 0;
    saved = fields;
    adopt(told);
    if (typed() === fields) return true;
    keep();
    later();
    return false;
  }
  // Says what became of it. The status is 0 where nobody knows, or where it can be sent again as it is.
  async function post(fields) {
    const body = new FormData();
    for (const [name, value] of Object.entries(JSON.parse(fields))) body.append(name, value);
    for (const name of NAMES) if (hidden[name]) body.append(name, hidden[name].value);
    const keepalive = new Blob([fields]).size < KEEPALIVE;
    const signal = AbortSignal.timeout(PATIENCE);
    const options = { method: "POST", body, keepalive, signal, headers: { Accept: "application/json" } };
    const answer = await fetch(form.dataset.drafts, options).catch(() => null);
    if (!answer || answer.status === 429 || answer.status >= 500) {
      say("Offline, kept on this device");
      return { status: 0 };
    }
    if ([400, 401, 413].includes(answer.status)) return (await signedInAgain()) ? post(fields) : { status: 0 };
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) say(`Saved ${told.saved}`);
    else say(`Not saved${told.detail ? `: ${told.detail}` : ""}`);
    return { status: answer.status, told };
  }
  function adopt(told) {
    forget();
    hidden.draft.value = told.id;
    hidden.draft_revision.value = told.revision;
    if (told.address && location.pathname !== told.address) history.replaceState(null, "", told.address);
  }
  async function saveAll() {
    if (sending) await sending;
    return (await save()) || (!failures && !blocked && typed() !== saved && (await save()));
  }
  async function signedInAgain() {
    const page = await fetch(form.dataset.drafts, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!page) {
      say("Offline, kept on this device");
      return false;
    }
    const there = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = there.querySelector("[name=csrf_token]")?.value;
    if (!page.ok) {
      const link = element("a", { href: "/", target: "_blank", textContent: "Sign in again in another tab" });
      say("You are signed out. What you typed is kept on this device.", link);
    } else if (there.body.dataset.writer !== writer) {
      say("Somebody else is signed in now. What you typed is kept on this device, for you.");
    } else if (token && token !== hidden.csrf_token.value) {
      for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
      return true;
    } else say("Not saved");
    return false;
  }

  // --- two tabs, or two people, on one draft ---
  function overtaken(other) {
    blocked = true;
    keep();
    ask(
      `${elsewhere(other)} Which text goes on? The other stays among the earlier texts.`,
      button("Mine, as it stands here", () => { blocked = false; adopt(other); saveAll(); }),
      button("The other one", () => { const mine = typed(); blocked = false; adopt(other); forget(); replace([mine, JSON.stringify(other.fields)]); }),
    );
    return false;
  }
  function elsewhere(other) {
    return `This draft was saved elsewhere at ${other.saved}, by ${other.by}.`;
  }
  // Put these texts on record, one on top of the other, and show the page as it is then.
  async function replace(texts, record = null) {
    form.inert = leaving = true;
    for (const fields of texts.filter(Boolean)) {
      const { status: code, told } = await post(fields);
      if (code === 412 && record) {
        form.inert = leaving = false;
        return choose(record, told);
      }
      if (!code || code >= 400) {
        form.inert = leaving = false;
        return ask("That could not be saved now. It is kept.", button("Try again", () => replace(texts, record)));
      }
      hidden.draft.value = told.id;
      hidden.draft_revision.value = told.revision;
    }
    if (record) forget(record.where);
    location.assign(`${form.dataset.drafts}/${hidden.draft.value}`);
  }
  function choose(record, other) {
    adopt(other);
    ask(
      `${elsewhere(other)} This device keeps a text of it that was never saved. Which one goes on? The other stays among the earlier texts.`,
      button("What this device keeps", () => replace([record.fields], record)),
      button("What was saved", () => replace([record.fields, JSON.stringify(other.fields)], record)),
    );
  }

  // --- what happens on the page ---
  form.addEventListener("input", () => {
    if (typed() === saved && !unsure) return;
    keeping ||= setTimeout(keep, 200);
    later();
  });
  function saveNow() {
    if (!leaving && !blocked && !sending && (unsure || typed() !== saved)) save();
  }
  addEventListener("online", saveNow);
  addEventListener("focus", () => { if (failures) saveNow(); });
  addEventListener("pagehide", () => {
    if (!leaving && typed() !== saved) keep(); // a save that is under way doesn't have the last letters
    saveNow();
  });
  addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveNow(); });
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    const asked = event.submitter;
    const isSave = asked?.getAttribute("formaction") === form.dataset.drafts;
    if (!isSave && !blocked && !sending && !unsure && typed() === saved) return;
    event.preventDefault();
    if (blocked) {
      question.querySelector("button").focus();
      return;
    }
    const good = await saveAll();
    // a server that is away can't take it; what a draft can't hold, the form is told field by field
    if (isSave || blocked || failures) return;
    leaving = true;
    if (good) forget();
    form.requestSubmit(asked);
    if (asked?.formTarget === "_blank") leaving = false; // the page stays, beside what it showed
  });

  // --- what this device kept of an earlier time ---
  function goOn(record) {
    hidden.draft_revision.value = record.base;
    hidden.key.value = record.key;
    if (hidden.revision && record.story) hidden.revision.value = record.story;
    replace([early && typed(), record.unsure, record.fields], record);
  }
  if (early) later();
  const [found] = records(hidden.draft.value);
  if (!found) return;
  if (hidden.draft.value && found.fields !== saved) goOn(found);
  else if (hidden.draft.value) forget(found.where);
  else
    ask(
      "This device keeps a text that was never saved.",
      button("Go on with it", () => goOn(found)),
      button("Throw it away", () => forget(found.where)),
    );
}
