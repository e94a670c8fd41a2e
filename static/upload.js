// Sends files a piece at a time, so that a line that breaks costs no more than the piece under way.
// Without it the form sends the files whole. What has come is known to the desk, not to this page:
// a file chosen again after a reload goes on where it was.

const hex = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
const field = (bytes) => `sha-256=:${btoa(String.fromCharCode(...bytes))}:`;

const SMALLEST = 64 * 1024;   // bytes of a piece
const LIVELY = 4;             // seconds a piece may take: what is lost when the line breaks
const SHARE = 16;             // pieces that usually come between one break and the next
const STALL = 20;             // seconds without a byte after which the line is taken for dead
const LONGEST = 60;           // seconds between attempts
const HELD = 4 << 20;         // bytes of a file that are held whole, for the browser's own checksum
const SLICE = 1 << 20;        // bytes hashed at once, so that the page stays awake

const box = document.querySelector("[data-sending]");
const forms = document.querySelectorAll("form[data-begin]");
if (box && forms.length) {
  const words = JSON.parse(box.dataset.sending);
  const say = (name, given = {}) => words[name].replace(/\{(\w+)\}/g, (_, key) => given[key]);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const megabytes = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const size = (bytes) => say("megabytes", { number: megabytes.format(bytes / 2 ** 20) });
  const list = document.createElement("ul");
  const told = document.createElement("p");
  list.className = "list";
  told.setAttribute("role", "status");
  box.append(told, list);

  const items = [];
  let running = false;
  let token = box.dataset.token;
  let wake = () => {};
  const line = { piece: 256 * 1024, sent: 0, breaks: 0, limit: 1 << 22 };

  class Broken extends Error {}
  class Stopped extends Error {}
  class Refused extends Error { constructor(answer) { super(answer.detail); this.answer = answer; } }

  const pause = (seconds) => new Promise((done) => {
    const clock = setTimeout(done, seconds * 1000);
    wake = () => { clearTimeout(clock); done(); };
  });
  addEventListener("online", () => wake());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
  addEventListener("beforeunload", (event) => {
    if (items.some((one) => one.open)) event.preventDefault();
  });

  // One request. A line that gives no sign of life is cut: a phone's may hang for many minutes.
  const ask = (item, method, url, { headers = {}, body = null, progress = () => {}, patience = STALL } = {}) =>
    new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      let clock;
      const alive = () => { clearTimeout(clock); clock = setTimeout(() => request.abort(), patience * 1000); };
      const end = (what, value) => { clearTimeout(clock); item.request = null; what(value); };
      item.request = request;
      request.open(method, url);
      request.setRequestHeader("Accept", "application/json");
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => { alive(); progress(event.loaded); };
      request.onprogress = alive;
      request.onerror = () => end(fail, new Broken());
      request.onabort = () => end(fail, item.stopped ? new Stopped() : new Broken());
      request.onload = () => {
        let answer = null;
        try { answer = JSON.parse(request.responseText); } catch { /* a page: see below */ }
        const { status } = request;
        if (status >= 200 && status < 300 && answer) return end(done, answer);
        if (status === 401 || status === 403 || (!answer && request.responseURL.includes("sign-in"))) return end(fail, new Refused({ why: "door" }));
        if (answer && answer.why) return end(fail, new Refused(answer));
        if (status >= 400 && status < 500 && status !== 408 && status !== 429) return end(fail, new Refused({ why: status === 404 ? "absent" : "other", detail: answer?.detail || String(status) }));
        return end(fail, new Broken());  // a web server on the way that could not reach the desk
      };
      alive();
      request.send(body);
    });

  const bytes = async (item, from, to) => {
    try { return new Uint8Array(await item.file.slice(from, to).arrayBuffer()); } catch { throw new Refused({ why: "gone" }); }
  };

  // SHA-256 for what the browser's own cannot do: bytes that come one after another, of a file too
  // large to be held, and any at all over plain http. Fetched when it is first asked for.
  let vendored = null, fetches = 0;
  const sha256 = async () => {
    try { return (await (vendored ||= import(`${box.dataset.sha256}${fetches ? `?${fetches}` : ""}`))).sha256; }
    catch { vendored = null; fetches += 1; throw new Broken(); }  // another address: a failure is remembered for one
  };
  const own = async (body) => new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const ofPiece = async (body) => (crypto.subtle ? own(body) : (await sha256())(body));

  // The checksum of the file's first bytes, going on from what was read already.
  const hashed = async (item, to) => {
    if (crypto.subtle && to <= HELD) return own(await bytes(item, 0, to));
    const made = await sha256();
    if (!item.hash || item.hashed > to) { item.hash = made.create(); item.hashed = 0; }
    while (item.hashed < to) {
      if (item.stopped) throw new Stopped();
      const some = await bytes(item, item.hashed, Math.min(item.hashed + SLICE, to));
      item.hash.update(some);
      item.hashed += some.length;
      await new Promise((done) => setTimeout(done));
    }
    return item.hash.clone().digest();
  };

  const form = (given) => ({
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ form: token, ...given }).toString(),
  });

  const begin = async (item, fresh = "") => {
    const { file } = item;
    item.key ||= [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
    const given = { ...item.given, key: item.key, name: file.name, size: file.size, modified: file.lastModified || "", fresh };
    const stands = await ask(item, "POST", item.begin, { ...form(given), patience: 60 });
    if (stands.offset && hex(await hashed(item, stands.offset)) !== stands.sha256) {
      item.key = "";  // another file of the same name, size and day
      return begin(item, "1");
    }
    return stands;
  };

  const piece = async (item, stands) => {
    const { file } = item, from = stands.offset;
    const to = Math.min(file.size, from + line.piece), last = to === file.size;
    const body = await bytes(item, from, to);
    const headers = {
      "Content-Type": "application/partial-upload",
      "Form-Token": token,
      "Upload-Offset": String(from),
      "Content-Digest": field(await ofPiece(body)),
      "Upload-Complete": last ? "?1" : "?0",
    };
    if (last) headers["Repr-Digest"] = field(await hashed(item, file.size));
    const began = performance.now();
    const answer = await ask(item, "POST", stands.upload, {
      // The file itself and not what was read of it: that would hold the page up while it is copied.
      headers, body: file.slice(from, to), patience: last ? 120 : STALL, progress: (loaded) => item.show("sending", from + loaded),
    });
    const seconds = Math.max(0.001, (performance.now() - began) / 1000);
    line.sent += body.length;
    const fits = Math.min((body.length / seconds) * LIVELY, line.breaks ? line.sent / line.breaks / SHARE : Infinity);
    line.piece = Math.max(SMALLEST, Math.min(line.piece * 2, fits, line.limit)) & ~0xffff;
    return answer;
  };

  // The token of whoever is signed in now, from a page of theirs; "" while nobody is.
  const door = async (item) => {
    try {
      const answer = await fetch(box.dataset.page, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const held = page.querySelector("[data-sending]")?.dataset.token;
      if (held) { token = held; document.querySelectorAll('input[name="form"]').forEach((one) => { one.value = held; }); return true; }
    } catch { /* the line again */ }
    item.show("door");
    return false;
  };

  const send = async (item) => {
    let stands = null, failed = 0, watched = -1;
    for (;;) {
      if (item.stopped) return item.show("stopped");
      try {
        if (!stands) { item.show("looking"); stands = await begin(item); item.before = stands.complete; }
        if (stands.complete) return item.end(item.before ? "before" : "stored");
        if (stands.stale) stands = { ...await ask(item, "GET", stands.upload) };
        else { stands = await piece(item, stands); item.mine = true; }
        if (stands.complete) return item.end("stored");
        item.show("sending", stands.offset);
        failed = 0;
      } catch (error) {
        if (error instanceof Stopped) return item.show("stopped");
        if (error instanceof Broken) {
          failed += 1;
          line.breaks += 1;
          line.piece = Math.max(SMALLEST, line.piece >> 1) & ~0xffff;
          if (stands) stands = { ...stands, stale: true };
          const seconds = Math.min(LONGEST, 2 ** (failed - 2)) * (0.75 + Math.random() / 2);
          item.show(navigator.onLine === false ? "offline" : "broken", null, { seconds: number.format(Math.ceil(seconds)) });
          await pause(seconds);
          continue;
        }
        if (!(error instanceof Refused)) throw error;
        const { why, detail } = error.answer;
        if (why === "offset") {
          const offset = error.answer["expected-offset"];
          if (!item.mine || offset === watched) stands = { ...stands, offset };
          else { item.show("elsewhere", offset); await pause(5); stands = { ...stands, stale: true }; }
          // Somebody else is at it while the place moves: only when it rests is it ours again.
          item.mine = offset !== watched;
          watched = offset;
        } else if (why === "complete") stands = { ...stands, stale: true };
        else if (why === "digest") stands = { ...stands, stale: true };
        else if ((why === "absent" || why === "changed") && item.again < 3) {
          item.again += 1;
          item.key = ""; item.hash = null; stands = null;
        } else if (why === "door") {
          if (!await door(item)) await pause(15);
          if (stands) stands = { ...stands, stale: true };
        } else return item.fail(why === "gone" ? say("gone") : detail || say("refused"));
      }
    }
  };

  const run = async () => {
    if (running) return;
    running = true;
    for (let item; (item = items.find((one) => one.state === "waiting"));) {
      try { await send(item); } catch (error) { item.fail(String(error)); }
      tell();
    }
    running = false;
  };

  const tell = () => {
    const stored = items.filter((one) => one.state === "stored" || one.state === "before").length;
    const failed = items.filter((one) => one.state === "failed").length;
    told.textContent = [
      say("all", { stored: number.format(stored), all: number.format(items.length) }),
      failed ? say("failed", { failed: number.format(failed) }) : "",
    ].join(" ");
  };

  class Item {
    constructor(file, begin_, given) {
      Object.assign(this, { file, begin: begin_, given, state: "waiting", again: 0, stopped: false, request: null });
      this.row = document.createElement("li");
      const head = document.createElement("p"), name = document.createElement("b");
      name.dir = "auto";
      name.textContent = file.name;
      this.tag = document.createElement("span");
      this.tag.className = "tag state";
      head.append(name, " ", this.tag);
      this.bar = document.createElement("progress");
      this.bar.max = Math.max(1, file.size);
      this.bar.setAttribute("aria-label", file.name);
      this.far = document.createElement("p");
      this.far.className = "soft";
      this.button = document.createElement("button");
      this.button.type = "button";
      this.button.className = "plain";
      this.button.addEventListener("click", () => this.turn());
      const buttons = document.createElement("div");
      buttons.className = "buttons";
      buttons.append(this.button);
      this.row.append(head, this.bar, this.far, buttons);
      list.append(this.row);
      this.show("waiting", 0);
    }

    get open() { return !["stored", "before", "failed"].includes(this.state); }

    show(state, done = null, given = {}) {
      this.state = state;
      this.tag.textContent = say(state, given);
      if (done !== null) {
        this.bar.value = done;
        this.far.textContent = say("far", { done: size(done), size: size(this.file.size) });
      }
      const label = say(state === "stopped" ? "go_on" : "stop");
      if (this.button.textContent !== label) this.button.textContent = label;
      this.button.setAttribute("aria-label", `${label}: ${this.file.name}`);
    }

    end(state) { this.show(state, this.file.size); this.button.remove(); }

    fail(why) { this.show("failed_one"); this.state = "failed"; this.far.textContent = why; this.far.setAttribute("role", "alert"); this.button.remove(); }

    turn() {
      this.stopped = !this.stopped;
      if (this.stopped) {
        if (this.request) this.request.abort();
        else if (this.state === "waiting") this.show("stopped");
        wake();
      } else { this.show("waiting"); run(); }
    }
  }

  for (const one of forms) {
    const input = one.querySelector('input[type="file"]');
    const chosen = document.createElement("p");
    chosen.className = "drop";
    const drop = say(input.multiple ? "drop" : "drop_one");
    chosen.textContent = drop;
    chosen.setAttribute("role", "status");
    input.closest("label").after(chosen);
    const count = () => { chosen.textContent = input.files.length ? say("chosen", { count: number.format(input.files.length) }) : drop; };
    input.addEventListener("change", count);
    one.addEventListener("dragover", (event) => { event.preventDefault(); one.classList.add("over"); });
    one.addEventListener("dragleave", () => one.classList.remove("over"));
    one.addEventListener("drop", (event) => {
      event.preventDefault();
      one.classList.remove("over");
      const held = new DataTransfer();
      for (const file of event.dataTransfer.files) if (input.multiple || !held.files.length) held.items.add(file);
      input.files = held.files;
      count();
    });
    one.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = {};
      for (const [name, value] of new FormData(one)) if (typeof value === "string" && name !== "form") given[name] = value;
      for (const file of input.files) items.push(new Item(file, one.dataset.begin, given));
      input.value = "";
      count();
      box.hidden = false;
      box.scrollIntoView({ block: "nearest" });
      tell();
      run();
    });
  }
}
