// Who else is at a case. A page about one says so every 20 seconds while somebody sees it, and whether they write;
// marks of others (`#presence-…`) change in place, and are looked at again when their time is over.
(() => {
  const BEAT_MS = 20_000;
  const LASTS_MS = 46_000;
  const desk = document.body.dataset.desk;
  const number = location.pathname.match(/\/desk\/cases\/(\d+-\d+)/)?.[1];
  const FIELD = "main form[method=post] :is(textarea, input:not([type=checkbox], [type=radio], [type=hidden]))";
  const timers = new Map();
  let typed = false;
  let told = "";

  const doing = () => (typed || document.activeElement?.matches(FIELD) ? "writing" : "reading");

  async function beat() {
    if (document.hidden) return;
    told = doing();
    const headers = JSON.parse(document.body.getAttribute("hx-headers:inherited"));
    const body = new URLSearchParams({ doing: told });
    await fetch(`${desk}/cases/${number}/presence`, { method: "POST", body, headers }).catch(() => {});
  }

  if (number) {
    const soon = () => doing() !== told && beat();
    setInterval(beat, BEAT_MS);
    document.addEventListener("visibilitychange", beat);
    document.addEventListener("focusin", soon);
    document.addEventListener("focusout", () => setTimeout(soon));
    document.addEventListener("input", () => {
      typed = [...document.querySelectorAll(FIELD)].some((field) => field.value !== field.defaultValue);
      soon();
    });
    document.addEventListener("submit", () => (typed = false));
    soon();
  }

  async function look(of) {
    const mark = document.getElementById(`presence-${of}`);
    if (!mark) return;
    const kind = mark.dataset.presence ? `?as=${mark.dataset.presence}` : "";
    const answer = await fetch(`${desk}/cases/${of}/presence${kind}`, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    mark.innerHTML = await answer.text();
    watch(mark);
  }

  // A mark is looked at again once it might be over.
  function watch(mark) {
    clearTimeout(timers.get(mark.id));
    if (!mark.firstElementChild) return;
    timers.set(mark.id, setTimeout(() => look(mark.id.slice("presence-".length)), LASTS_MS));
  }

  document.addEventListener("live:presence", (event) => look(event.detail.number));
  document.addEventListener("htmx:after:swap", marks);
  function marks() {
    for (const mark of document.querySelectorAll("[id^=presence-]")) watch(mark);
  }
  marks();
})();
