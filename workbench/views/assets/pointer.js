// Did a person last act with a pointer, or by a key?  A table gives its first row to whoever reaches it by Tab.
(() => {
  if (window.filatureByPointer) return;
  let pointer = false;
  window.filatureByPointer = () => pointer;
  window.addEventListener("pointerdown", () => { pointer = true; }, true);
  window.addEventListener("keydown", () => { pointer = false; }, true);
})();
