// The keyboard: / goes to the box, arrows go through the passages, Esc comes back.

/** Listens on the whole page. */
export function installKeys(input, dialog) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    if (event.key === "/" && !typing(event.target)) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      walk(event, input);
    } else if (event.key === "Escape" && event.target !== input && !event.defaultPrevented) {
      input.focus();
    }
  });
}

const typing = (node) => node.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;

function walk(event, input) {
  const stops = [input, ...document.querySelectorAll(".hit-title")];
  const at = stops.indexOf(document.activeElement);
  if (at < 0 || stops.length === 1) return;
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.closest(".hit")?.scrollIntoView({ block: "nearest" });
}
