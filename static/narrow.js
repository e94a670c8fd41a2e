// Type-ahead in a long list of values. Without it the button opens a page that does the same.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

for (const made of document.querySelectorAll("[data-values]")) {
  let field = made;
  if (made.matches("button")) {
    field = document.createElement("input");
    field.type = "search";
    field.className = "find";
    field.autocomplete = "off";
    field.placeholder = made.textContent;
    field.setAttribute("aria-label", made.textContent);
    made.replaceWith(field);
  }
  const box = field.closest("form, fieldset").querySelector(".all") || field.closest("fieldset");
  const rows = [...box.querySelectorAll(".choice")].map((row) => ({
    row,
    words: plain(row.querySelector("span").textContent).split(/[^\p{L}\p{N}]+/u),
    value: row.querySelector("input").value,
  }));
  const folds = [...box.querySelectorAll("details")];
  const open = folds.map((fold) => fold.open);
  const told = document.createElement("span");
  told.className = "hidden";
  told.setAttribute("role", "status");
  field.after(told);
  let named = new Set();
  let pause;

  const show = () => {
    const typed = plain(field.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    let found = 0;
    for (const { row, words, value } of rows) {
      const here = named.has(value)
        || typed.every((part) => words.some((word) => word.startsWith(part)));
      row.hidden = !here && !row.querySelector(":checked");
      found += here;
    }
    folds.forEach((fold, n) => {
      fold.open = typed.length ? true : open[n];
      fold.hidden = !fold.querySelector(".choice:not([hidden])");
    });
    told.textContent = typed.length ? `${found} / ${rows.length}` : "";
  };

  field.addEventListener("input", () => {
    named = new Set();
    show();
    clearTimeout(pause);
    const typed = field.value.trim();
    if (typed) {
      pause = setTimeout(async () => {
        try {
          const answer = await fetch(`${field.dataset.values || made.dataset.values}?facet-q=${encodeURIComponent(typed)}`);
          const { values } = await answer.json();
          if (field.value.trim() === typed) {
            named = new Set(values.map((one) => one.id));
            show();
          }
        } catch { /* no network: what the page shows is searched all the same */ }
      }, 250);
    }
  });
}
