// Two small helps that a page is whole without: copying the text of an element, and printing. Their
// buttons are hidden until this script can keep what they promise.
const copies = navigator.clipboard ? document.querySelectorAll("[data-copies]") : [];
for (const button of copies) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
    document.getElementById("copied").textContent = button.dataset.done;
    button.textContent = button.dataset.done;
  });
}
for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
