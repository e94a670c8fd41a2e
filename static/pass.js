// Sends or copies what stands in a field, and takes words that are marked. The page works the same without it.
(() => {
  document.querySelectorAll("[data-of]").forEach((row) => {
    const field = document.getElementById(row.dataset.of);
    row.querySelectorAll("button").forEach((button) => {
      const share = button.dataset.do === "share";
      if (share ? !navigator.share : !navigator.clipboard) return;
      button.hidden = false;
      button.addEventListener("click", async () => {
        try {
          if (share) return await navigator.share({ title: row.dataset.title, text: field.value });
          await navigator.clipboard.writeText(field.value);
          button.textContent = "✓ " + button.textContent.replace("✓ ", "");
        } catch { field.select(); }
      });
    });
  });
  // Words that are marked in a passage are quoted in its stead.
  document.querySelectorAll("form[data-choose]").forEach((form) => {
    form.addEventListener("formdata", (event) => {
      const marked = String(getSelection()).trim(), most = +form.dataset.choose;
      if (marked.length > 2 && marked.length <= most && form.contains(getSelection().anchorNode))
        event.formData.set("words", marked);
    });
  });
})();
