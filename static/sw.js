// Answers where there is no network, with what is kept on this phone and nothing else. Its first
// line (SHELL, FILES) is put before it by library/web/pages/installed.py; static/kept.js keeps.

// What is kept of an edition, the newest that is whole.
const find = async (key) => {
  for (const name of (await caches.keys()).reverse()) {
    if (!name.startsWith(`kept ${key} `)) continue;
    const cache = await caches.open(name);
    const about = await cache.match("/kept/about");
    if (about) return { cache, about: await about.json() };
  }
};

const shell = (path) => caches.match(path, { cacheName: SHELL });
const safe = (text) => text.replace(/[&<"]/g, (sign) => `&#${sign.charCodeAt()};`);

// A page that is kept, in the frame of the site as it is now.
const leaf = async (key, wanted) => {
  const held = await find(key), frame = await shell("/kept");
  if (!held || !frame) return;
  const work = await (await held.cache.match("/kept/text")).json(), last = work.pages.length;
  const at = Math.min(Math.max(1, wanted), last), [position, text] = work.pages[at - 1];
  const picture = `/kept/${key}/${at}.webp`;
  const values = {
    p: `${position} / ${last}`, t: text, b: at - 1, n: at + 1,
    f: at > 1 ? "" : "hidden", l: at < last ? "" : "hidden",
    w: held.about.note && `<p class="notice">${safe(held.about.note)}</p>`,
    i: (await held.cache.match(picture)) ? `<p class="picture"><img src="${picture}" alt="${safe(work.picture)}"></p>` : "",
  };
  const main = work.leaf.replace(/\x01(\w)/g, (sign, name) => values[name]);
  const html = (await frame.text())
    .replace(/(<main[^>]*>)[^]*<\/main>/, (all, open) => `${open}${main}</main>`)
    .replace(/<title>[^<]*/, () => `<title>${safe(work.title)}`);
  return new Response(html, { headers: frame.headers });
};

// From the network first; a page that is kept waits four seconds for it.
const answer = async (event, path) => {
  const read = /^\/resources\/([^/]+\/[^/]+)\/(\d+)$/.exec(path);
  const own = read && (await find(read[1]));
  let found;
  try {
    const asked = fetch(event.request);
    found = await (own ? Promise.race([asked, new Promise((late) => setTimeout(late, 4000))]) : asked);
    if (path === "/kept" && found.ok) event.waitUntil(renew(found.clone()));
    if (found && found.status < 500) return found;
  } catch (none) {}
  return (own && (await leaf(read[1], +read[2]))) || found || (await shell("/kept"));
};

// The page of what is kept as it was just sent, if it is one of this shell.
const renew = async (page) => {
  const text = await page.clone().text();
  if (FILES.every((file) => text.includes(file)) && (await caches.has(SHELL))) {
    await (await caches.open(SHELL)).put("/kept", page);
  }
};

self.addEventListener("install", (event) => event.waitUntil((async () => {
  await (await caches.open(SHELL)).addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
  await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith("shell ") && name !== SHELL) await caches.delete(name);
  }
  await self.clients.claim();
})()));

self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname: path } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || path.startsWith("/staff")) return;
  const kept = /^\/kept\/([^/]+\/[^/]+)\/(\d+)(\.webp)?$/.exec(path);
  const or = (found) => found || fetch(request);
  if (kept && kept[3]) event.respondWith(find(kept[1]).then((held) => held && held.cache.match(path)).then(or));
  else if (kept) event.respondWith(leaf(kept[1], +kept[2]).then(or).catch(() => shell("/kept")));
  else if (request.mode === "navigate") event.respondWith(answer(event, path));
  else if (FILES.includes(path)) event.respondWith(shell(path).then(or));
});
