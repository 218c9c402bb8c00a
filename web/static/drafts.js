// What somebody typed outlives an accidental reload and a session that ended: in this tab alone, for this person
// alone, and until it was sent or somebody signs out. Secrets, codes and phone numbers are never kept.
(() => {
  const SECRET = "[type=password], [type=tel], [type=email], [name*=phone], [name*=email], [name*=code], [name*=digits], [data-secret]";
  const FIELDS = "textarea, select, input[type=text], input[type=date], input:not([type])";
  const { who } = document.body.dataset;
  const mine = `draft:${who}:`;
  const shared = new BroadcastChannel("drafts");

  const nameOf = (form) => mine + location.pathname + " " + (form.getAttribute("action") ?? "");
  const forms = () => document.querySelectorAll("main form[method=post]:not([data-no-draft])");
  const fields = (form) => [...form.querySelectorAll(FIELDS)].filter((it) => it.name && !it.matches(SECRET));
  const madeAt = (list) => Math.max(0, [...list.options].findIndex((one) => one.defaultSelected));
  const asMade = (it) => (it.matches("select") ? it.selectedIndex === madeAt(it) : it.value === it.defaultValue);

  function forget(fits) {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("draft:") && fits(key)) sessionStorage.removeItem(key);
    }
  }

  function keep(form) {
    const typed = fields(form).filter((it) => !asMade(it)).map((it) => [it.name, it.value]);
    if (typed.length) sessionStorage.setItem(nameOf(form), JSON.stringify({ typed }));
    else sessionStorage.removeItem(nameOf(form));
  }

  function bring(form) {
    const kept = JSON.parse(sessionStorage.getItem(nameOf(form)) ?? "null");
    let brought = false;
    for (const [name, value] of kept?.typed ?? []) {
      const field = fields(form).find((it) => it.name === name && asMade(it));
      if (!field || field.value === value) continue;
      field.value = value;
      brought = true;
      field.closest("details")?.setAttribute("open", "");
    }
    if (brought) offer(form);
  }

  // Says what happened, and lets it be undone.
  function offer(form) {
    const words = document.getElementById("draft-words").content.cloneNode(true);
    words.querySelector("button").addEventListener("click", (event) => {
      sessionStorage.removeItem(nameOf(form));
      form.reset();
      event.target.closest("[data-draft]").remove();
      fields(form)[0]?.focus();
    });
    form.prepend(words);
  }

  // What was sent is done with once a page says so; a form that came back with faults holds its text itself.
  const isDone = document.querySelector("[data-flash]") !== null;
  const isBack = document.querySelector(".faults") !== null;
  forget((key) => !key.startsWith(mine) || (isDone && JSON.parse(sessionStorage.getItem(key)).sent));
  for (const form of isBack ? [] : forms()) bring(form);

  // A form that comes into the page later is given back what was typed into it as well.
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail.ctx?.target;
    const part = document.getElementById(target?.id) ?? target;
    if (!part?.isConnected || part.querySelector(".faults")) return;
    for (const form of forms()) if (part.contains(form)) bring(form);
  });

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && [...forms()].includes(form)) keep(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-signs-out]")) {
      forget(() => true);
      shared.postMessage("signed out");
      return;
    }
    const kept = sessionStorage.getItem(nameOf(event.target));
    if (kept) sessionStorage.setItem(nameOf(event.target), JSON.stringify({ ...JSON.parse(kept), sent: true }));
  });
  document.addEventListener("htmx:after:request", (event) => {
    const { response, request } = event.detail.ctx;
    if (request.form && response.status < 400) sessionStorage.removeItem(nameOf(request.form));
  });
  shared.addEventListener("message", () => forget(() => true));
})();
