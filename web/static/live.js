// News of what changes, by server-sent events, told to this page's other scripts as `live:…` events. Of all tabs
// that somebody sees, one leads: it holds the stream and tells the others; when all are hidden it is closed.
// While the stream is lost the page says so and asks once a minute, and tries again ever more rarely.
(() => {
  const { live: place, who } = document.body.dataset;
  if (!place || !window.EventSource || !window.BroadcastChannel) return;

  const POLL_MS = 60_000;
  const AGAIN_MS = [1_000, 3_000, 10_000, 30_000, 60_000];
  const KINDS = ["queue", "presence", "refresh", "ready"];
  const name = `${place} ${who}`;
  const others = new BroadcastChannel(name);
  let since = document.getElementById("main").dataset.since ?? "";
  let source = null;
  let wish = null;
  let release = null;
  let failures = 0;
  let again = 0;
  let poll = 0;
  let state = null;

  function tell(kind, detail = {}) {
    document.dispatchEvent(new CustomEvent(`live:${kind}`, { detail }));
  }

  function took(message) {
    if (message.mark) since = message.mark;
    if (message.kind === "lost" || message.kind === "back") stands(message.kind === "back");
    else tell(message.kind, message.data);
  }

  function received(kind, data, mark) {
    const message = { kind, data, mark };
    took(message);
    others.postMessage(message);
  }

  // ---- the stream, in the tab that leads ----
  function connect() {
    source = new EventSource(`${place}?since=${encodeURIComponent(since)}`);
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        if (kind === "ready") {
          failures = 0;
          received("back");
        }
        received(kind, JSON.parse(event.data), event.lastEventId);
      });
    }
    source.addEventListener("over", leave);
    source.addEventListener("error", () => {
      source.close();
      failures += 1;
      if (failures > 1) received("lost");
      const wait = AGAIN_MS[Math.min(failures, AGAIN_MS.length) - 1];
      again = setTimeout(connect, wait * (0.8 + 0.4 * Math.random()));
    });
  }

  function disconnect() {
    clearTimeout(again);
    source?.close();
    source = null;
    release?.();
    release = null;
  }

  // ---- who leads ----
  function follow() {
    if (document.hidden || wish) return;
    if (!navigator.locks) {
      wish = new AbortController();
      connect();
      return;
    }
    wish = new AbortController();
    const held = () => new Promise((done) => {
      release = done;
      connect();
    });
    navigator.locks.request(name, { signal: wish.signal }, held).catch(() => {});
  }

  function stop() {
    wish?.abort();
    wish = null;
    disconnect();
  }

  // The session is over: nothing more will be told here.
  function leave() {
    stop();
    stands(false);
    document.removeEventListener("visibilitychange", seen);
    clearInterval(poll);
  }

  function seen() {
    if (document.hidden) return stop();
    ask();
    return follow();
  }

  // ---- without the stream ----
  function stands(well) {
    if (well === state) return;
    if (!well) document.getElementById("said").textContent = document.querySelector("[data-live=lost]")?.textContent;
    state = well;
    shown();
    clearInterval(poll);
    if (!well) poll = setInterval(ask, POLL_MS);
  }

  function shown() {
    for (const words of document.querySelectorAll("[data-live=on], [data-live=lost]")) {
      words.hidden = state === null || (words.dataset.live === "on") !== state;
    }
  }

  async function ask() {
    if (document.hidden) return;
    try {
      const answer = await fetch(`${place}?once=yes&since=${encodeURIComponent(since)}`);
      if (!answer.ok || answer.redirected) return;
      for (const part of (await answer.text()).split("\n\n")) {
        const lines = new Map(part.split("\n").map((line) => line.split(/: (.*)/s)));
        const kind = lines.get("event");
        if (KINDS.includes(kind)) took({ kind, data: JSON.parse(lines.get("data")), mark: lines.get("id") });
      }
    } catch {
      // The network is away; the words for it stand on the page already.
    }
  }

  others.addEventListener("message", (event) => took(event.data));
  document.addEventListener("visibilitychange", seen);
  document.addEventListener("live:read", (event) => {
    since = event.detail;
    shown();
  });
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => event.persisted && seen());
  follow();
})();
