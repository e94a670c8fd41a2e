// Lets a list be put in order by dragging, with a finger too, and with the arrow keys. Without it
// there are buttons and numbers that do the same.
for (const list of document.querySelectorAll("[data-sort]")) {
  const told = document.createElement("p");
  told.className = "hidden";
  told.setAttribute("role", "status");
  list.after(told);
  const rows = () => [...list.querySelectorAll(":scope > li")];

  const settle = (row) => {
    rows().forEach((one, at) => { one.querySelector("[data-place]").value = at + 1; });
    const name = row.querySelector("[data-name]").textContent.trim();
    told.textContent = `${name}: ${rows().indexOf(row) + 1} / ${rows().length}. ${list.dataset.unsaved}`;
    list.dataset.moved = "";
  };

  for (const row of rows()) {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "plain handle";
    handle.textContent = "⠿";
    handle.setAttribute("aria-label", `${list.dataset.sort}: ${row.querySelector("[data-name]").textContent.trim()}`);
    row.prepend(handle);

    handle.addEventListener("keydown", (event) => {
      const all = rows(), at = all.indexOf(row);
      const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      if (to < 0 || to >= all.length || to === at) return;
      if (to < at) all[to].before(row); else all[to].after(row);
      handle.focus();
      settle(row);
    });

    handle.addEventListener("pointerdown", (down) => {
      if (down.button) return;
      down.preventDefault();
      handle.focus();
      handle.setPointerCapture(down.pointerId);
      row.classList.add("dragged");
      let moved = false;
      const move = (event) => {
        for (const one of rows()) {
          if (one === row) continue;
          const box = one.getBoundingClientRect(), middle = box.top + box.height / 2;
          const follows = row.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
          if (follows && event.clientY > middle) { one.after(row); moved = true; }
          if (!follows && event.clientY < middle) { one.before(row); moved = true; break; }
        }
        // Capture is lost when a row is put elsewhere in some browsers.
        if (moved && !handle.hasPointerCapture(event.pointerId)) handle.setPointerCapture(event.pointerId);
        const edge = 60;
        if (event.clientY < edge) scrollBy(0, -12);
        if (event.clientY > innerHeight - edge) scrollBy(0, 12);
      };
      const end = () => {
        document.removeEventListener("pointermove", move);
        document.removeEventListener("pointerup", end);
        document.removeEventListener("pointercancel", end);
        row.classList.remove("dragged");
        if (moved) settle(row);
      };
      document.addEventListener("pointermove", move);
      document.addEventListener("pointerup", end);
      document.addEventListener("pointercancel", end);
    });
  }
}
