// Copying a personal link by one press. Without script the address stands in its field, to be selected and copied.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    const words = button.querySelector("[aria-live]");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      words.textContent = button.dataset.done;
    } catch {
      field.focus(); // selected already: the reader copies it by the keyboard
    }
  });
}
