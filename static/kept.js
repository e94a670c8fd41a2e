// What is kept on this phone: keeping it, a list of it, a search in it, and taking it off. An
// edition is a cache of its own: pictures, then its text, last what is told of it; one without
// that last is not whole. static/sw.js shows its pages.
(() => {
  const root = document.querySelector(".kept");
  if (!root || !navigator.serviceWorker || !window.caches) return;
  const one = (selector) => root.querySelector(selector), said = JSON.parse(root.dataset.said);
  const [told, form, look, found, held, own, mine, wipe] = "told keeps look found held own mine wipe".split(" ").map((name) => one(`.${name}`));
  const tell = (text) => { told.textContent = text; };
  const make = (tag, parent, text, more) => {
    const node = parent.appendChild(document.createElement(tag));
    node.textContent = text || "";
    return Object.assign(node, more);
  };
  const size = (bytes) => {
    const small = bytes < 1e6, number = Math.max(1, bytes / (small ? 1e3 : 1e6));
    return (small ? said.kb : said.mb).replace("{n}", number.toLocaleString(document.documentElement.lang, { maximumFractionDigits: +!small }));
  };
  const json = async (cache, name) => { const kept = await cache.match(name); return kept && kept.json(); };
  // The pages of what is searched, by cache: on their way, or there.
  const texts = {};
  let works = [];

  // What is whole; what was broken off an hour ago is taken off.
  const whole = async () => {
    const all = [];
    for (const name of await caches.keys()) {
      const [kind, key, stamp] = name.split(" ");
      if (kind !== "kept") continue;
      const cache = await caches.open(name), about = await json(cache, "/kept/about");
      if (about) all.push({ name, key, cache, about });
      else if (Date.now() - stamp > 36e5) await caches.delete(name);
    }
    return all;
  };

  const LOST = {};
  // A worker that is ready, with all it needs to answer.
  const ready = async () => {
    const place = await navigator.serviceWorker.register("/sw.js");
    const worker = place.active || place.installing || place.waiting;
    await new Promise((done, failed) => {
      const look = () => {
        if (worker.state === "activated") done();
        if (worker.state === "redundant") failed(LOST);
      };
      worker.addEventListener("statechange", look);
      look();
    });
  };

  // The picture of a page; one that is being drawn is waited for.
  const picture = async (key, number) => {
    for (let tries = 0; ; tries++) {
      const answer = await fetch(`/resources/${key}/${number}/picture.webp`, { cache: "no-store" });
      if (answer.ok) return answer.blob();
      if (answer.status !== 503 || tries > 5) throw answer;
      await new Promise((again) => setTimeout(again, 3000));
    }
  };

  // Whether there is no room: a worker that could not be made does not say why.
  const full = async (error) => {
    if (error !== LOST) return error.name === "QuotaExceededError";
    try {
      await (await caches.open("probe")).put("/kept/probe", new Response(new Blob([new Uint8Array(2e5)])));
      return false;
    } catch (none) { return true; } finally { await caches.delete("probe"); }
  };

  const keep = async (key, pictures) => {
    tell(said.working);
    let name;
    try {
      await ready();
      const text = await (await fetch(`/kept/${key}/text.json`, { cache: "no-store" })).text(), work = JSON.parse(text);
      name = `kept ${work.key} ${Date.now()}`;
      const cache = await caches.open(name);
      let bytes = new Blob([text]).size;
      pictures = pictures && work.pictures;
      for (let n = 1; pictures && n <= work.pages.length; n++) {
        const blob = await picture(work.key, n);
        bytes += blob.size;
        await cache.put(`/kept/${work.key}/${n}.webp`, new Response(blob));
        tell(`${said.working} ${n} / ${work.pages.length}`);
      }
      const { title, language, direction, about, note, version } = work;
      await cache.put("/kept/text", new Response(text));
      await prepared(cache);
      await cache.put("/kept/about", new Response(JSON.stringify({ title, language, direction, about, note, version, bytes, pictures })));
      for (const other of await whole()) {
        if ((other.key === key || other.key === work.key) && other.name !== name) await caches.delete(other.name);
      }
      if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
      await show();
      tell(said.kept);
      return true;
    } catch (error) {
      if (name) await caches.delete(name);
      if (!(await whole()).length) await leave();
      const why = (await full(error)) ? said.full : said.failed;
      await show();
      tell(why);
      return false;
    }
  };

  // Nothing of it stays in this browser.
  const leave = async () => {
    for (const place of await navigator.serviceWorker.getRegistrations()) await place.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
  };

  const show = async () => {
    works = await whole();
    const list = JSON.parse(localStorage.list || "[]");
    held.textContent = found.textContent = "";
    for (const { name, key, about } of works) {
      const item = make("li", held);
      make("a", item, about.title, { href: `/kept/${key}/1`, lang: about.language, dir: about.direction });
      make("p", item, [about.about, size(about.bytes) + (about.pictures ? ` ${said.pictures}` : "")].join(" · "), { className: "soft" });
      if (about.note) make("p", item, about.note, { className: "notice" });
      const buttons = make("p", item, "", { className: "take" });
      if (about.renew) make("button", buttons, said.again).onclick = () => keep(key, about.pictures);
      make("button", buttons, said.off, { className: "chip" }).onclick = async () => {
        await caches.delete(name);
        if (!(await whole()).length) await leave();
        show();
      };
    }
    own.hidden = !works.length;
    wipe.hidden = !works.length && !list.length;
    one(".room").textContent = said.room.replace("{n}", size(works.reduce((sum, work) => sum + work.about.bytes, 0)));
    mine.hidden = !list.length;
    const lines = mine.querySelector("ul"), link = mine.querySelector("a");
    lines.textContent = "";
    for (const [, title, path] of list) make("a", make("li", lines), title, { href: path, dir: "auto" });
    link.search = `?r=${list.map((line) => line[0]).join(",")}`;
    if (!works.length && !list.length && !form) tell(said.nothing);
  };

  // Which of it is withdrawn or has changed; nothing where there is no network.
  const check = async () => {
    try {
      const body = works.map((work) => `${work.key} ${work.about.version}`).join("\n");
      const now = await (await fetch("/kept/now", { method: "POST", body })).json();
      for (const { key, cache, about } of works) {
        if (!now[key] && !about.renew && !about.gone) continue;
        Object.assign(about, now[key] || { note: "", renew: false });
        about.gone = !!now[key];
        await cache.put("/kept/about", new Response(JSON.stringify(about)));
      }
      await show();
    } catch (none) {}
  };

  // Words as they are compared, in packs too (library/web/packs/offline_index.py).
  const LEFT_OUT = new RegExp(`[${said.left_out}]`, "g"), ALIKE = said.alike;
  const WORD = /[^\s!-&(-\/:-@[-`{-~«»“”„…‘–—·،؛؟।]+/g;
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(LEFT_OUT, "").normalize("NFC")
    .replace(/[^\0-\x7f]/g, (sign) => ALIKE[sign] || sign).replace(/(^|\s)و?ال(?=\S{3})/g, "$1");
  const least = (word) => /[a-z]/.test(word) ? 4 : 3;
  // 1: the word itself; less: another form of it, as far as beginnings tell; 0: another word.
  const like = (asked, word) => {
    if (asked === word) return 1;
    let same = 0;
    while (same < asked.length && asked[same] === word[same]) same++;
    const [asks, says] = [asked.length - same, word.length - same];
    return same >= least(asked) + Math.max(0, asks - 2) && asks < 4 && says < (asks ? 4 : 5) ? 0.6 : 0;
  };
  // The same of all words of a page, " as this ": those that begin otherwise are not looked at.
  const best = (said, word) => {
    if (said.includes(` ${word} `)) return 1;
    const begins = ` ${word.slice(0, Math.max(least(word), word.length - 3))}`;
    let most = 0;
    for (let at = said.indexOf(begins); at >= 0; at = said.indexOf(begins, at + 1)) most = Math.max(most, like(word, said.slice(at + 1, said.indexOf(" ", at + 1))));
    return most;
  };
  const words = (text) => text.match(WORD) || [];
  const plain = (html) => {
    const page = new DOMParser().parseFromString(html.replace(/<(?!\/?(a|mark|span|sup)\b)/g, " <"), "text/html");
    return page.body.textContent.replace(/\s+/g, " ").trim();
  };

  // What a search reads of each page: its number, its text, its words. Worked out when it is kept,
  // for a phone takes seconds over it.
  const prepared = async (cache) => {
    const known = await json(cache, "/kept/words");
    if (known) return known;
    const { said, pages } = await json(cache, "/kept/text");
    const made = [["", said], ...pages.map(([at, html]) => [at, plain(html)])].map(([at, text]) => [at, text, ["", ...new Set(words(fold(text))), ""].join(" ")]);
    await cache.put("/kept/words", new Response(JSON.stringify(made)));
    return made;
  };

  // Read while the words are typed.
  const read = () => Promise.all(works.map(({ name, cache }) => texts[name] ??= prepared(cache)));

  const search = async () => {
    const hits = [];
    let asked = words(fold(look.elements.q.value)).slice(0, 12);
    found.textContent = "";
    held.hidden = asked.length > 0;
    if (!asked.length) return tell("");
    const kept = await read(), every = kept.flat();
    // Short words that every other page has tell nothing, where there are others.
    const rare = asked.filter((word) => word.length > 3 || every.filter((page) => page[2].includes(` ${word} `)).length < every.length / 3);
    if (rare.length) asked = rare;
    works.forEach((work, place) => {
      const all = new Set();
      const pages = kept[place].map(([at, text, said], number) => {
        const has = asked.map((word) => best(said, word));
        has.forEach((value, n) => value && all.add(n));
        return { number, at, text, score: has.reduce((sum, value) => sum + value, 0) };
      });
      const [said, ...others] = pages;
      others.sort((one, other) => other.score - one.score || one.number - other.number);
      if (all.size === asked.length) hits.push({ work, score: (others.length ? others[0].score : 0) + said.score / 2, pages: others.filter((page) => page.score).slice(0, 3) });
    });
    hits.sort((one, other) => other.score - one.score);
    tell(hits.length ? "" : said.none);
    for (const { work, pages } of hits) {
      const item = make("li", found), { title, language, direction } = work.about, shown = { lang: language, dir: direction };
      make("a", item, title, { href: `/kept/${work.key}/1`, ...shown });
      for (const { number, at, text } of pages) excerpt(make("a", make("p", item), `${at} `, shown), text, asked, `/kept/${work.key}/${number}`);
    }
  };

  // The stretch of a page where the words stand, and a link to it.
  const excerpt = (link, text, asked, address) => {
    const places = [], known = Object.create(null);
    const marked = (word) => known[word] ??= asked.some((one) => words(fold(word)).some((part) => like(one, part)));
    text.replace(WORD, (word, at) => { if (marked(word)) places.push([at, at + word.length]); });
    const dense = (place) => new Set(places.filter((other) => other[0] >= place[0] && other[1] < place[0] + 160).map((other) => fold(text.slice(...other)))).size;
    const first = places.reduce((most, place) => dense(place) > dense(most) ? place : most, places[0] || [0, 0]);
    let at = Math.max(0, text.lastIndexOf(" ", first[0] - 50));
    const end = text.indexOf(" ", at + 210), to = end < 0 ? text.length : end;
    if (at) link.append("…");
    for (const [from, until] of places) {
      if (from < at || until > to) continue;
      link.append(text.slice(at, from));
      make("mark", link, text.slice(from, until));
      at = until;
    }
    link.append(text.slice(at, to) + (to < text.length ? "…" : ""));
    link.href = address + (first[1] ? `#:~:text=${encodeURIComponent(text.slice(...first)).replace(/-/g, "%2D")}` : "");
  };

  one(".cannot").hidden = true;
  if (form) {
    form.hidden = false;
    form.onsubmit = (event) => {
      event.preventDefault();
      const { pictures } = form.elements;
      form.hidden = true;
      keep(form.dataset.key, pictures && pictures.checked).then((done) => { form.hidden = done; });
    };
  }
  look.elements.q.onfocus = read;
  look.onsubmit = (event) => { event.preventDefault(); search(); };
  mine.querySelector("button").onclick = async () => {
    const url = mine.querySelector("a").href;
    try {
      if (navigator.share) await navigator.share({ url });
      else { await navigator.clipboard.writeText(url); tell(said.copied); }
    } catch (closed) {}
  };
  wipe.querySelector("button").onclick = async () => {
    if (!confirm(said.clear)) return;
    await leave();
    localStorage.clear();
    await show();
    tell(said.gone);
  };
  show().then(() => {
    const path = location.pathname, asked = new URLSearchParams(location.search).get("q");
    if (!form && path !== "/kept") tell(said.away);
    if (works.length && path === "/search" && asked) { look.elements.q.value = asked; search(); }
    if (works.length) check();
  });
})();
