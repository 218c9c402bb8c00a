// A public page that was left open shows what stands now: it loads again when somebody comes back to it after
// five minutes, unless they have typed something.
(() => {
  const OLD_MS = 5 * 60_000;
  const began = Date.now();
  const isTyped = () => [...document.querySelectorAll("input, textarea")].some((it) => it.value !== it.defaultValue || it.checked !== it.defaultChecked);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - began > OLD_MS && !isTyped()) location.reload();
  });
})();
