// Putting right with one key a field, and concepts by any label while one types.
// Without it every button of the form does the same by loading the page again.
(() => {
  const form = document.querySelector("form.words");
  if (!form) return;
  const told = form.dataset;
  const fields = [...form.querySelectorAll(".field")];
  const help = form.querySelector(".keys");
  help.hidden = false;
  const status = document.createElement("p");
  status.className = "hidden";
  status.setAttribute("role", "status");
  form.append(status);

  const writes = (one) => one.matches("textarea, select, input:not([type=checkbox])");
  const inputs = (field) => [...field.querySelectorAll("input, textarea, select")]
    .filter((one) => one.type !== "hidden" && !one.name.endsWith(".ours"));
  const ours = (field) => field.querySelector("input[name$='.ours']");
  const holds = (field) => inputs(field).some((one) => (one.type === "checkbox" ? one.checked : one.value.trim()));
  const unfold = (field) => {
    for (let one = field.querySelector("details"); one; one = one.parentElement.closest("details")) one.open = true;
  };
  // What a tick says of a field: that what it holds is right, or that there is nothing.
  const name = (field) => {
    ours(field).nextElementSibling.textContent = holds(field) ? told.confirmed : told.none;
  };
  const sight = document.querySelector(".sight");
  const look = (field) => {
    const picture = sight && sight.querySelector("img");
    if (!picture || !field.dataset.picture || picture.getAttribute("src") === field.dataset.picture) return;
    picture.src = field.dataset.picture;
    sight.querySelectorAll("a").forEach((link) => { link.href = field.dataset.sheet; });
    sight.querySelector("summary").textContent = picture.alt = field.dataset.page;
  };
  let written = false;
  addEventListener("beforeunload", (event) => { if (written) event.preventDefault(); });
  form.addEventListener("submit", () => { written = false; });

  let now = fields.find((field) => !ours(field).checked) || fields[0];
  const mark = (field) => {
    fields.forEach((one) => { one.tabIndex = one === field ? 0 : -1; });
    now = field;
  };
  const go = (field) => {
    if (!field) return;
    mark(field);
    const around = field.parentElement.closest("details");
    if (around) around.open = true;
    field.focus();
    field.scrollIntoView({ block: "nearest" });
  };
  const next = (step) => go(fields[fields.indexOf(now) + step]);
  const say = (field, what) => {
    status.textContent = `${field.querySelector(".field-name").textContent}: ${what}`;
  };
  mark(now);
  const asked = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (fields.includes(asked)) { unfold(asked); go(asked); }

  const tick = (field, id, label) => {
    const box = field.querySelector(".ticks");
    let one = [...box.querySelectorAll("input[type=checkbox]")].find((held) => held.value === id);
    if (!one) {
      const made = document.createElement("label");
      made.className = "radio";
      one = document.createElement("input");
      one.type = "checkbox";
      one.name = field.dataset.name;
      one.value = id;
      const words = document.createElement("span");
      words.textContent = label || id;
      made.append(one, words);
      box.querySelector(".add").before(made);
    }
    one.checked = true;
  };

  const fill = (field, values) => {
    const boxes = field.querySelectorAll(".ticks input[type=checkbox]");
    if (field.querySelector(".ticks")) {
      boxes.forEach((one) => { one.checked = false; });
      values.forEach((id) => tick(field, id));
    }
    for (const one of inputs(field)) {
      if (one.type === "checkbox") continue;
      if (one.closest(".add")) one.value = "";
      else if (one.matches("select")) {
        const value = values[0] || "";
        if (![...one.options].some((option) => option.value === value)) one.add(new Option(value, value));
        one.value = value;
      } else one.value = values.join("\n");
    }
  };

  const decide = (field, what, values) => {
    if (values) fill(field, values);
    ours(field).checked = true;
    written = true;
    name(field);
    field.dataset.decided = what;
    say(field, what);
  };
  const act = (field, button) => {
    if (!button) return;
    const [what] = button.value.split(":");
    if (what === "refuse") decide(field, told.refused, []);
    else decide(field, told.used, JSON.parse(button.dataset.values));
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=take]");
    if (!button) return;
    event.preventDefault();
    act(button.closest(".field"), button);
  });
  form.addEventListener("focusin", (event) => {
    const field = event.target.closest(".field");
    if (field) { mark(field); look(field); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || !(event.target === document.body || form.contains(event.target))) return;
    if (event.key === "Escape" && writes(event.target) && !event.defaultPrevented) {
      event.preventDefault();
      now.focus();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
    // A keyboard of another script is known by the places of its keys.
    const key = /^[a-z0-9]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^(Key|Digit)/, "").toLowerCase();
    const button = (start) => now.querySelector(`button[name=take][value^="${start}"]`);
    let done = true;
    if (key === "j") next(1);
    else if (key === "k") next(-1);
    else if (key === "c") {
      unfold(now);
      const one = inputs(now).find((input) => writes(input)) || inputs(now)[0];
      one.focus();
      if (one.select) one.select();
    } else if (key === "a" || key === "r") {
      if (key === "a") decide(now, told.accepted);
      else if (!now.dataset.name.endsWith(".title")) decide(now, told.refused, []);
      next(1);
    } else if (/^[1-9]$/.test(key)) {
      const one = button(`use:${key - 1}:`);
      if (one) { act(now, one); next(1); }
    } else if (key === "s") form.querySelector(".save button").click();
    else if (key === "n" || key === "p") {
      const one = document.querySelector(`button[name=next][value="${key === "n" ? "1" : "back"}"]`);
      if (one) one.click();
    }
    else done = false;
    if (done) event.preventDefault();
  });
  // What is written by hand is staff's word, and looks so at once.
  form.addEventListener("input", (event) => {
    const field = event.target.closest(".field");
    if (!field) return;
    written = true;
    if (event.target.name.endsWith(".ours")) return;
    name(field);
    ours(field).checked = true;
  });

  // A combobox over concepts: arrows choose, Enter adds, Escape closes.
  form.querySelectorAll("input[data-concepts]").forEach((input, number) => {
    input.removeAttribute("list");
    const field = input.closest(".field");
    const list = document.createElement("ul");
    list.id = `concepts-${number}`;
    list.className = "offers";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.querySelector(".field-name").textContent);
    list.hidden = true;
    input.closest(".add").append(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-autocomplete", "list");
    let at = -1, pause, wanted = "";
    const last = () => input.value.split(/[;؛]/).pop().trim();
    const close = () => {
      list.hidden = true;
      list.replaceChildren();
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (one) => {
      if (field.querySelector(".ticks")) {
        tick(field, one.dataset.id, one.dataset.label);
        const before = input.value.split(/[;؛]/).slice(0, -1).map((part) => part.trim()).filter(Boolean);
        input.value = before.length ? `${before.join("; ")}; ` : "";
      } else input.value = one.dataset.label;
      ours(field).checked = true;
      written = true;
      name(field);
      say(field, one.dataset.label);
      close();
      input.focus();
    };
    const point = (to) => {
      const all = [...list.querySelectorAll("[role=option]")];
      if (!all.length) return;
      at = (to + all.length) % all.length;
      all.forEach((one, n) => one.setAttribute("aria-selected", String(n === at)));
      input.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    };
    const show = (found) => {
      list.replaceChildren(...found.map((one, n) => {
        const made = document.createElement("li");
        made.id = `${list.id}-${n}`;
        made.setAttribute("role", "option");
        made.setAttribute("aria-selected", "false");
        made.dataset.id = one.id;
        made.dataset.label = one.label;
        made.textContent = one.also ? `${one.label} (${one.also})` : one.label;
        made.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(made); });
        return made;
      }));
      if (!found.length) {
        const none = document.createElement("li");
        none.className = "soft";
        none.textContent = told.nothing;
        list.append(none);
        status.textContent = told.nothing;
      }
      at = -1;
      list.hidden = false;
      input.setAttribute("aria-expanded", String(found.length > 0));
      if (found.length) point(0);
    };
    input.addEventListener("input", () => {
      clearTimeout(pause);
      wanted = last();
      if (!wanted) { close(); return; }
      pause = setTimeout(async () => {
        const typed = wanted;
        try {
          const answer = await fetch(`${input.dataset.concepts}?q=${encodeURIComponent(typed)}`);
          if (!answer.ok) { close(); return; }
          const found = await answer.json();
          if (typed === last() && document.activeElement === input) show(found);
        } catch { close(); }
      }, 150);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown") point(at + 1);
      else if (event.key === "ArrowUp") point(at - 1);
      else if (event.key === "Enter" && at >= 0) choose(list.children[at]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    input.addEventListener("blur", close);
  });
})();
