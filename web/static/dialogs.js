// A link with `data-dialog` opens the native dialog of that id instead of its page twin; a button with
// `data-closes`, or a click beside it, closes it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-dialog]");
  const dialog = link && document.getElementById(link.dataset.dialog);
  if (dialog?.showModal && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    dialog.showModal();
  } else if (event.target.matches("dialog[open]") || event.target.closest("[data-closes]")) {
    event.target.closest("dialog").close();
  }
});
