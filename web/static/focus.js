// What htmx changes is told and never loses anybody's place (ux.md 3): after a swap focus stays on the same id,
// else goes to the faults or the heading of what came; one polite region says it. Nothing is swapped while an
// input method composes. A form is sent once at a time, and a failed network says so and lets people try again.
(() => {
  const PATIENCE_MS = 8000;
  const said = () => document.getElementById("said");
  const words = (name) => document.getElementById("words")?.dataset[name] ?? "";
  let held = null;
  let composing = null;

  function say(text) {
    const region = said();
    if (region && text) region.textContent = text.trim().slice(0, 200);
  }

  function wentTo(part) {
    const place = part?.querySelector?.(".faults, [data-focus], h1, h2, h3") ?? part;
    if (!place?.focus) return;
    if (place.tabIndex < 0) place.tabIndex = -1;
    place.focus();
  }

  // ---- the place somebody was at ----
  document.addEventListener("htmx:before:swap", () => {
    held = document.activeElement === document.body ? null : document.activeElement;
  });

  document.addEventListener("htmx:after:swap", (event) => {
    const ctx = event.detail.ctx;
    const target = document.getElementById(ctx?.target?.id) ?? ctx?.target;
    const faults = target?.querySelector?.(".faults");
    if (faults) wentTo(target);
    else if (held && !held.isConnected) {
      const same = held.id && document.getElementById(held.id);
      if (same) same.focus();
      else wentTo(target?.isConnected ? target : document.getElementById("main"));
    }
    say((faults ?? target)?.querySelector?.("[data-said], h1, h2, h3")?.textContent ?? words("changed"));
  });

  // ---- while it is on its way ----
  const composed = () => composing ?? Promise.resolve();

  document.addEventListener("compositionstart", () => {
    composing = new Promise((done) => document.addEventListener("compositionend", done, { once: true }));
    composing.then(() => (composing = null));
  });

  document.addEventListener("htmx:before:request", (event) => {
    const ctx = event.detail.ctx;
    const send = ctx.fetch;
    ctx.target?.setAttribute?.("aria-busy", "true");
    ctx.fetch = async (...asked) => {
      const answer = await send(...asked);
      await composed();
      return answer;
    };
  });

  document.addEventListener("htmx:finally:request", (event) => {
    event.detail.ctx.target?.removeAttribute?.("aria-busy");
    free(event.target.closest?.("form"));
  });

  document.addEventListener("htmx:error", (event) => {
    if (!event.detail.ctx) return;
    const notice = document.getElementById("lost-network");
    if (notice) notice.hidden = false;
    say(notice?.textContent ?? "");
  });

  document.addEventListener("htmx:after:request", () => {
    const notice = document.getElementById("lost-network");
    if (notice) notice.hidden = true;
  });

  // ---- a form is sent once at a time ----
  function free(form) {
    if (!form) return;
    delete form.dataset.sending;
    for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || event.defaultPrevented) return;
    if (form.dataset.sending) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    form.dataset.sending = "yes";
    (event.submitter ?? form.querySelector("button"))?.setAttribute("aria-disabled", "true");
    setTimeout(() => free(form), PATIENCE_MS);
  }, true);

  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) free(form);
  });
})();
