// A list of documents, made on this phone and kept on it alone; and the way to keep one whole. Both
// are shown only where they work.
(() => {
  let list;
  try { list = JSON.parse(localStorage.list || "[]"); } catch (none) { return; }
  const { add, added } = document.body.dataset;
  for (const place of document.querySelectorAll("[data-id]")) {
    if (place.classList.contains("keep")) {
      if (!navigator.serviceWorker || !window.caches) place.textContent = "";
      place.hidden = false;
    }
    const title = place.querySelector("h2") || document.querySelector("h1");
    const link = title.querySelector("a") || location, { id } = place.dataset;
    const button = document.createElement("button");
    button.className = "chip";
    const show = () => {
      const is = list.some((one) => one[0] === id);
      button.textContent = is ? added : add;
      button.setAttribute("aria-pressed", is);
    };
    button.addEventListener("click", () => {
      list = JSON.parse(localStorage.list || "[]");
      const others = list.filter((one) => one[0] !== id);
      if (others.length === list.length && list.length < 100) others.push([id, title.textContent.trim(), link.pathname]);
      list = others;
      if (list.length) localStorage.list = JSON.stringify(list);
      else localStorage.removeItem("list");
      show();
    });
    show();
    (place.querySelector(".meta") || place).append(button);
  }
})();
