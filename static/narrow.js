// Brings the form that narrows beside the results of a wide screen, and type-ahead into its long
// lists. Without it names of facets lead to a page with the same form, and a button to one that finds.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const typeahead = (within) => { for (const made of within.querySelectorAll("[data-values]")) {
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
} };

typeahead(document);

// A name of a facet that is pressed is replaced, with those around it, by the form itself.
const beside = document.querySelector(".beside");
beside?.addEventListener("click", async (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw answer;
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = beside.dataset.sheet;
    const dressed = new Promise((done) => { sheet.onload = sheet.onerror = done; });
    document.head.append(sheet);
    const form = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".narrow-list");
    await dressed;
    beside.querySelector("ul").replaceWith(form);
    const names = new Set([...form.querySelectorAll("input[name]")].map((input) => input.name));
    document.querySelectorAll(".ask input[type=hidden]").forEach((kept) => { if (names.has(kept.name)) kept.remove(); });
    typeahead(form);
    beside.className = "narrow";
    form.querySelector("details.facet[open] > summary")?.focus();
  } catch { location.href = link.href; }
});
