// Suggests words, concepts and titles while a reader types. The page works the same without it.
(() => {
  const connection = navigator.connection;
  if (!window.fetch || (connection && connection.saveData)) return;
  document.querySelectorAll("form.ask input[type=search]").forEach((input, number) => {
    const list = document.createElement("datalist");
    list.id = "suggested-" + number;
    input.after(list);
    input.setAttribute("list", list.id);
    input.setAttribute("autocomplete", "off");
    let waiting, asked = "";
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const words = input.value.trim();
        if (words.length < 2 || words === asked) return;
        asked = words;
        try {
          const answer = await fetch("/suggest?q=" + encodeURIComponent(words));
          const [, found, about] = await answer.json();
          if (words !== asked) return;
          list.replaceChildren(...found.map((text, at) => {
            const option = document.createElement("option");
            option.value = text;
            option.label = about[at] ? text + " (" + about[at] + ")" : text;
            return option;
          }));
        } catch { list.replaceChildren(); }
      }, 200);
    });
  });
})();
