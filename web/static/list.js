// A list never moves under the hand: news only fills the bar `#fresh`, and the person decides. What they refresh
// keeps the current row, the focus and the place on the screen; chosen rows stay so, since htmx only changes what differs.
(() => {
  const bar = () => document.getElementById("fresh");
  const main = () => document.getElementById("main");
  const changed = new Set();
  let unsure = false;

  function show() {
    const place = bar();
    if (!place) return;
    const { one, many, unknown } = place.dataset;
    const words = changed.size === 1 ? one : many.replace("{n}", changed.size);
    place.querySelector("[data-words]").textContent = unsure || !changed.size ? unknown : words;
    place.hidden = !(unsure || changed.size);
  }

  document.addEventListener("live:queue", (event) => {
    for (const number of event.detail.numbers) changed.add(number);
    show();
  });
  document.addEventListener("live:refresh", () => {
    unsure = true;
    show();
  });

  // ---- refreshing by hand ----
  const rowOf = (it) => it?.closest?.("[data-row]");
  const byNumber = (number) => number && document.querySelector(`[data-row][data-number="${CSS.escape(number)}"]`);

  function remembered() {
    const active = document.activeElement;
    const row = rowOf(active) ?? document.querySelector("[data-row].is-current");
    return {
      number: row?.dataset.number,
      top: row?.getBoundingClientRect().top,
      wasIn: rowOf(active) ? [...row.querySelectorAll("a, button, input, summary")].indexOf(active) : -1,
    };
  }

  function restore({ number, top, wasIn }) {
    const row = byNumber(number);
    if (!row) return;
    row.classList.add("is-current");
    if (wasIn >= 0 && !row.contains(document.activeElement)) {
      row.querySelectorAll("a, button, input, summary")[wasIn]?.focus({ preventScroll: true });
    }
    scrollBy(0, row.getBoundingClientRect().top - top);
  }

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-refresh]");
    if (!link || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const before = remembered();
    const place = new URL(link.href);
    place.searchParams.set("n", document.querySelectorAll("[data-row]").length);
    await htmx.ajax("GET", place.href, { source: link, target: "#main", select: "#main", swap: "outerMorph" });
    changed.clear();
    unsure = false;
    show();
    restore(before);
    document.dispatchEvent(new CustomEvent("live:read", { detail: main().dataset.since ?? "" }));
  });

  // ---- all that stand here, or none of them: no need to ask for the page again ----
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-all], [data-none]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    for (const box of document.querySelectorAll("[data-row] input[name=pick]")) box.checked = link.matches("[data-all]");
    if (link.matches("[data-none]")) [...document.querySelectorAll("[data-all]")].find((it) => it.checkVisibility())?.focus();
  });
})();
