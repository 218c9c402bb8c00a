// What is typed into a draft is saved every twenty seconds while it changes, as its button does. The page is whole without.
const form = document.querySelector("[data-keeps]");
const told = document.getElementById("kept-by-itself");
const EVERY = 20_000;
const typed = () => new URLSearchParams(new FormData(form));
let kept = typed().toString();
setInterval(async () => {
  const now = typed();
  if (now.toString() === kept) return;
  const as = now.toString();
  now.set("then", "later");
  const answer = await fetch(form.action, { method: "POST", body: now, redirect: "manual" }).catch(() => null);
  const isDone = answer?.type === "opaqueredirect";
  if (isDone) kept = as;
  told.textContent = isDone ? told.dataset.done : told.dataset.failed;
}, EVERY);
