// Keeps the states of arrivals up to date. Without it "Look again" loads the page anew.
const list = document.querySelector("[data-stream]");
if (list && window.EventSource) {
  const news = document.getElementById("news"), waiting = document.getElementById("waiting");
  let source, again = 2;

  const put = (html) => {
    const made = document.createElement("template");
    made.innerHTML = html;
    const row = made.content.firstElementChild, old = document.getElementById(row.id);
    if (!old) {
      list.querySelector(":scope > li:not([id])")?.remove();
      list.prepend(row);
    } else {
      if (old.dataset.mark === row.dataset.mark) return;
      // Who is choosing or reading in the row is not disturbed: it changes when they are done.
      const here = old.contains(document.activeElement) && document.activeElement;
      if (here && old.querySelector("details[open]")) return void here.addEventListener("blur", () => setTimeout(() => put(html)), { once: true });
      const action = here && (here === old ? old.dataset.wanted : here.closest("form")?.action);
      old.replaceWith(row);
      if (here) {
        // While a file is read its row has no buttons: the row keeps the place until they are back.
        const button = [...row.querySelectorAll("form")].find((one) => one.action === action)?.querySelector("button");
        if (!button) { row.tabIndex = -1; row.dataset.wanted = action || ""; }
        (button || row).focus();
      }
    }
    news.textContent = `${row.querySelector("b").textContent}: ${row.querySelector(".state").textContent}`;
  };

  const open = () => {
    const have = [...list.querySelectorAll("[data-mark]")].map((one) => `${one.id}.${one.dataset.mark}`);
    source = new EventSource(`${list.dataset.stream}?have=${have.join(",")}`);
    source.addEventListener("open", () => { again = 2; });
    source.addEventListener("row", (event) => put(event.data));
    source.addEventListener("waiting", (event) => { waiting.textContent = event.data; });
    source.addEventListener("over", () => source.close());
    source.addEventListener("error", () => {
      // Opened by hand, so that the desk is told what this page has by then.
      source.close();
      setTimeout(open, again * 1000);
      again = Math.min(60, again * 2);
    });
  };
  open();
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
}
