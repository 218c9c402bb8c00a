// Single keys for those whose hands stay on the keyboard (ux.md 3.4). A key presses or enters a control that
// everybody can see (`data-key`, within the current row first), or moves among the rows (`data-row`).
// Nothing happens in a field, with a modifier held, while an input method composes, or where keys are off.
(() => {
  if (document.documentElement.dataset.keys === "off") return;

  const FIELD = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit])";
  const PICKED = "[data-row] input[name=pick]:checked";
  const PATIENCE_MS = 1500;
  let begun = "";
  let timer = 0;
  let lastPicked = null;

  const isShown = (it) => (it.checkVisibility ? it.checkVisibility() : it.getClientRects().length > 0);
  const rows = () => [...document.querySelectorAll("[data-row]")].filter(isShown);
  const current = () => document.querySelector("[data-row].is-current");
  const boxOf = (row) => row?.querySelector("input[name=pick]");
  const linkOf = (row) => row.querySelector("[data-open], .case-title[href]") ?? row.querySelector("a[href]");

  function controls(key) {
    const scope = document.querySelector("dialog[open]") ?? document;
    return [...scope.querySelectorAll("[data-key]")].filter((it) => it.dataset.key === key && isShown(it));
  }

  // With a selection the bar that acts on it comes first, else the row where one is.
  function controlFor(key) {
    const found = controls(key);
    const outside = found.find((it) => !it.closest("[data-row]"));
    const inside = found.find((it) => current()?.contains(it));
    return document.querySelector(PICKED) ? (outside ?? inside) : (inside ?? outside);
  }

  // What opens in place takes the focus along; a press leaves it where it is.
  function use(control) {
    if (control.matches(`${FIELD}, summary`)) control.focus();
    if (control.matches(FIELD)) control.select?.();
    else control.click();
    return true;
  }

  function put(row) {
    for (const other of document.querySelectorAll(".is-current")) other.classList.remove("is-current");
    row.classList.add("is-current");
  }

  function step(by) {
    const all = rows();
    if (!all.length) return false;
    const at = all.indexOf(current());
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
    const place = linkOf(next) ?? next.querySelector("button, summary") ?? next;
    if (place === next) next.tabIndex = -1;
    put(next);
    place.focus();
    return true;
  }

  function open() {
    const link = current() && linkOf(current());
    if (!link) return false;
    link.click();
    return true;
  }

  function pick(upToHere) {
    const row = current();
    const box = boxOf(row);
    if (!box) return false;
    const all = rows();
    const from = upToHere && lastPicked?.isConnected ? all.indexOf(lastPicked) : -1;
    if (from < 0) box.click();
    else {
      const at = all.indexOf(row);
      for (const one of all.slice(Math.min(from, at), Math.max(from, at) + 1).map(boxOf)) {
        if (one && !one.checked) one.click();
      }
    }
    lastPicked = row;
    return true;
  }

  function leave() {
    const list = document.activeElement?.closest("details[open]");
    if (list) {
      list.open = false;
      list.querySelector("summary")?.focus();
      return true;
    }
    const picked = [...document.querySelectorAll(PICKED)];
    for (const box of picked) box.click();
    return picked.length > 0;
  }

  const MOVES = {
    j: () => step(1),
    k: () => step(-1),
    o: open,
    Enter: () => document.activeElement?.matches("body, [data-row]") && open(),
    x: () => pick(false),
    "Shift+x": () => pick(true),
    Escape: leave,
  };

  function nameOf(event) {
    if (!/^[a-z]$/i.test(event.key)) return event.key;
    return (event.shiftKey ? "Shift+" : "") + event.key.toLowerCase();
  }

  function struck(key) {
    const whole = begun ? `${begun} ${key}` : key;
    clearTimeout(timer);
    begun = "";
    const control = controlFor(whole);
    if (control) return use(control);
    if ([...document.querySelectorAll("[data-key]")].some((it) => it.dataset.key.startsWith(`${whole} `))) {
      begun = whole;
      timer = setTimeout(() => (begun = ""), PATIENCE_MS);
      return true;
    }
    if (document.querySelector("dialog[open]")) return false;
    return MOVES[whole]?.() ?? false;
  }

  function isOurs(event) {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return false;
    if (event.ctrlKey || event.altKey || event.metaKey || ["Shift", "Tab", " "].includes(event.key)) return false;
    return !(event.repeat && !["j", "k"].includes(event.key)) && !event.target.closest?.(FIELD);
  }

  document.addEventListener("keydown", (event) => {
    if (isOurs(event) && struck(nameOf(event))) event.preventDefault();
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) put(row);
  });

  // The list of keys names those that do something on this page.
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-dialog=keys]")) return;
    const found = new Set([...document.querySelectorAll("[data-key]")].filter(isShown).map((it) => it.dataset.key));
    for (const line of document.querySelectorAll("#keys [data-for]")) {
      const wanted = line.dataset.for.split("|");
      line.hidden = !wanted.some((key) => found.has(key) || (key in MOVES && rows().length));
    }
  }, true);
})();
