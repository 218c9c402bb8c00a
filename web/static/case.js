// A case that is open never changes in silence: news about it shows a line that leads to what happened, and
// nothing else of the page moves. What somebody is typing stays as it is.
(() => {
  const bar = document.getElementById("news");
  if (!bar) return;

  function show(words) {
    bar.querySelector("[data-words]").textContent = words;
    bar.hidden = false;
  }

  document.addEventListener("live:queue", (event) => {
    if (event.detail.numbers.includes(bar.dataset.number)) show(bar.dataset.changed);
  });
  document.addEventListener("live:refresh", () => bar.hidden && show(bar.dataset.unsure));
})();
