// The search of a pack: finds pages in files beside it, without a network and without fetching
// anything (a page opened from a file may not). library/web/packs/offline_index.py makes the files.
(function () {
  "use strict";
  var form = document.getElementById("find");
  if (!form || !window.Promise || !window.Map || !String.prototype.normalize) return;
  var said = JSON.parse(form.getAttribute("data-words"));
  var field = form.elements.q, list = document.getElementById("found");
  var status = document.getElementById("told"), more = document.getElementById("more");
  var keys = new Map(), waiting = {}, here = form.getAttribute("data-folder"), shown = 0, answer = [];
  var LEFT_OUT = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u00ad\u200b-\u200d\u2060\ufeff\u093c\u09bc\u0a3c\u0abc\u0b3c'’ʼ＇]/g;
  var ALIKE = {"أ":"ا","إ":"ا","آ":"ا","ٱ":"ا","ى":"ي","ی":"ي","ک":"ك","ة":"ه","ؤ":"و","ئ":"ي","ँ":"ं","ঁ":"ং","ई":"इ","ऊ":"उ","ी":"ि","ू":"ु","ı":"i","ø":"o","ł":"l","đ":"d","ß":"ss","æ":"ae","œ":"oe"};
  var UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
  var WORD = letters();

  function letters() {
    try { return new RegExp("[\\p{L}\\p{M}\\p{Nd}\\p{Nl}\\u00ad\\u200b-\\u200d]+(?:['’ʼ][\\p{L}\\p{M}\\p{Nd}]+)*", "gu"); }
    catch (old) { return /[^\s!-\/:-@\[-`{-~«»“”„…‘’–—·،؛؟।]+/g; }
  }
  function digits(text) {
    return text.replace(/[٠-٩۰-۹०-९০-৯]/g, function (c) { return String((c.charCodeAt(0) - (c < "۰" ? 0x660 : c < "०" ? 0x6f0 : c < "০" ? 0x966 : 0x9e6))); });
  }
  // Most words of a text were met before, and most have only letters that stay as they are.
  function key(word) {
    var known = keys.get(word), plain;
    if (known !== undefined) return known;
    plain = word.toLowerCase();
    if (!/^[a-z0-9]*$/.test(plain)) {
      plain = plain.normalize("NFKD").replace(LEFT_OUT, "").normalize("NFC");
      plain = digits(plain.replace(/[^\x00-\x7f]/g, function (c) { return ALIKE[c] || c; }));
    }
    keys.set(word, plain = plain.slice(0, 40));
    return plain;
  }
  // Words of a text with their places; pairs of letters where a script has no spaces.
  function tokens(text) {
    var made = [], match, elided, word, at;
    WORD.lastIndex = 0;
    while ((match = WORD.exec(text))) {
      word = match[0]; at = match.index;
      if (UNSPACED.test(word) && word.length > 2) {
        for (var n = 0; n + 1 < word.length; n++) made.push({ key: key(word.substr(n, 2)), from: at + n, to: at + n + 2 });
        continue;
      }
      elided = /^(l|d|j|m|n|s|t|c|qu|dell|all|nell|sull|un)['’ʼ](?=.{2})/i.exec(word);
      if (elided) { at += elided[0].length; word = word.slice(elided[0].length); }
      made.push({ key: key(word.replace(/['’ʼ]s$/i, "")), from: at, to: match.index + match[0].length });
    }
    return made;
  }

  window.pack = function (kind, number, content) {
    var name = kind + number, ready = waiting[name];
    if (kind === "terms") content = content.split("\n");
    if (kind === "index") content.lengths = numbers(content.lengths);
    if (ready) ready.done(content);
  };
  function numbers(text) { return text.split(" ").map(function (code) { return parseInt(code, 36); }); }
  function load(kind, number) {
    var name = kind + number, script;
    if (waiting[name]) return waiting[name].promise;
    waiting[name] = {};
    waiting[name].promise = new Promise(function (done, failed) {
      waiting[name].done = done;
      script = document.createElement("script");
      script.src = here + (kind === "index" || kind === "works" ? kind : kind + "-" + number) + ".js";
      script.onerror = function () { delete waiting[name]; failed(new Error(script.src)); };
      document.head.appendChild(script);
    });
    return waiting[name].promise;
  }
  function place(starts, wanted) {
    var low = 0, high = starts.length, middle;
    while (low < high) { middle = (low + high) >> 1; if (starts[middle] <= wanted) low = middle + 1; else high = middle; }
    return low - 1;
  }

  // A word as it stands in the files: its terms, and every other word that stands for one of them.
  // A file of words is one text, of which only lines that are wanted are taken apart.
  function look(index, word, begins) {
    var first = Math.max(0, place(index.words, word)), last = begins ? Math.max(first, place(index.words, word + "\uffff")) : first;
    var parts = [], n;
    for (n = first; n <= Math.min(last, first + 3); n++) parts.push(load("words", n));
    return Promise.all(parts).then(function (found) {
      var text = "\n" + found.join("\n") + "\n", how = "exact", hits = begins ? [] : lines(text, "\n" + word + " ", 1);
      if (!hits.length && (begins || word.length > 2)) {
        hits = lines(text, "\n" + word, 40);
        if (!begins) how = "begins";
      }
      if (!hits.length && word.length > 3) {
        hits = text.slice(1, -1).split("\n").map(function (line) { return line.split(" "); }).filter(function (line) { return near(line[0], word); }).slice(0, 5);
        how = "near";
      }
      var terms = {}, words = {};
      hits.forEach(function (line) { line.slice(1).forEach(function (term) { terms[term] = true; }); });
      Object.keys(terms).forEach(function (term) {
        [" ", "\n"].forEach(function (end) { lines(text, " " + term + end, 400).forEach(function (line) { words[line[0]] = true; }); });
      });
      return { word: word, how: how, terms: Object.keys(terms).map(function (t) { return parseInt(t, 36); }), words: words, as: hits.length ? hits[0][0] : "" };
    });
  }
  // The lines of a text that have this in them, taken apart.
  function lines(text, wanted, most) {
    var found = [], at = -1;
    while (found.length < most && (at = text.indexOf(wanted, at + 1)) >= 0) {
      found.push(text.slice(text.lastIndexOf("\n", wanted[0] === "\n" ? at : at - 1) + 1, text.indexOf("\n", at + 1)).split(" "));
    }
    return found;
  }
  // Whether two words differ by one letter left out, put in, changed, or two that changed places.
  function near(one, other) {
    var d = one.length - other.length, n = 0;
    if (d > 1 || d < -1) return false;
    while (n < one.length && one[n] === other[n]) n++;
    var a = one.slice(n), b = other.slice(n);
    return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  }
  // Adds how often a term stands in each entry.
  function count(index, term, times) {
    var part = place(index.terms, term);
    return load("terms", part).then(function (lines) {
      var entry = 0;
      numbers(lines[term - index.terms[part]]).forEach(function (number) {
        entry += number >> 4;
        times[entry] += number & 15;
      });
    });
  }

  function search(text) {
    var phrases = [], asked = [];
    text.replace(/["“”«»„]([^"“”«»„]+)["“”«»„]/g, function (whole, inside) { phrases.push(tokens(inside).map(function (t) { return t.key; })); });
    tokens(text).forEach(function (token) {
      var begins = text[token.to] === "*";
      if (token.key && !asked.some(function (one) { return one.key === token.key; })) asked.push({ key: token.key, begins: begins });
    });
    asked = asked.slice(0, 16);
    return Promise.all([load("index", 0), load("works", 0)]).then(function (both) {
      var index = both[0], works = both[1], n = index.entries;
      return Promise.all(asked.map(function (one) { return look(index, one.key, one.begins); })).then(function (words) {
        return Promise.all(words.map(function (word) {
          var times = new Uint16Array(n);
          return Promise.all(word.terms.slice(0, 60).map(function (term) { return count(index, term, times); })).then(function () { return times; });
        })).then(function (lists) {
          return closer({ index: index, words: words, phrases: phrases, ranked: rank(works, scored(index, words, lists), words) });
        });
      });
    });
  }
  // BM25 of each entry, and which of the words it has.
  function scored(index, words, lists) {
    var n = index.entries, scores = new Float64Array(n), has = new Uint16Array(n), lengths = index.lengths;
    var mean = lengths.reduce(function (sum, length) { return sum + length; }, 0) / Math.max(1, n);
    lists.forEach(function (times, bit) {
      var entry, held = 0;
      for (entry = 0; entry < n; entry++) if (times[entry]) held++;
      words[bit].rare = held && Math.log(1 + (n - held + 0.5) / (held + 0.5)) * (words[bit].how === "near" ? 0.5 : 1);
      for (entry = 0; entry < n; entry++) {
        if (!times[entry]) continue;
        scores[entry] += words[bit].rare * times[entry] * 2.2 / (times[entry] + 1.2 * (0.25 + 0.75 * lengths[entry] / mean));
        has[entry] |= 1 << bit;
      }
    });
    return { scores: scores, has: has };
  }
  // Works by how much of what is asked they say, then by the page that says it best.
  function rank(works, found, words) {
    var whole = sum_of(words) || 1, ranked = [];
    var picked = Array.prototype.map.call(form.querySelectorAll("select"), function (select) { return select.value; }).filter(Boolean);
    works.forEach(function (work, number) {
      var end = number + 1 < works.length ? works[number + 1].at : found.scores.length, has = 0, best = 0, pages = [], entry, score, held;
      for (entry = work.at; entry < end; entry++) {
        score = found.scores[entry];
        has |= found.has[entry];
        if (!score || entry === work.at) continue;
        pages.push({ entry: entry, page: entry - work.at, score: score, has: found.has[entry] });
        if (score > best) best = score;
      }
      if (!has || !picked.every(function (value) { return work.filed.indexOf(value) >= 0; })) return;
      held = sum_of(words.filter(function (word, bit) { return has >> bit & 1; })) / whole;
      ranked.push({ work: work, has: has, pages: pages, title: found.scores[work.at], held: held, score: (best + 0.7 * found.scores[work.at]) * held * held });
    });
    return ranked.sort(by_score);
  }
  function sum_of(words) { return words.reduce(function (sum, word) { return sum + word.rare; }, 0); }
  function by_score(a, b) { return b.score - a.score || a.work.at - b.work.at; }
  // The pages of a work, the best first; put in order when they are wanted.
  function best(work, most) {
    return work.pages.sort(function (a, b) { return b.score - a.score || a.page - b.page; }).slice(0, most);
  }
  // Of the best works, those come first that say the words of the question close together.
  function closer(found) {
    var first = found.ranked.slice(0, 12), whole = sum_of(found.words) || 1;
    if (found.words.length < 2) return found;
    return Promise.all(first.map(function (work) {
      return Promise.all(best(work, 3).map(function (one) {
        return page(found.index, one.entry).then(function (text) {
          one.near = densest(said_of(text, found.words), found.words).value / whole;
          one.score *= 0.4 + one.near;
        });
      })).then(function () {
        work.score *= 0.4 + work.pages.reduce(function (most, one) { return Math.max(most, one.near || 0); }, work.title ? 0.6 : 0);
      });
    })).then(function () {
      first.sort(by_score);
      found.ranked = first.concat(found.ranked.slice(first.length));
      return found;
    });
  }

  function page(index, entry) {
    var part = place(index.texts, entry);
    return load("texts", part).then(function (texts) { return texts[entry - index.texts[part]]; });
  }
  function holds(text, phrase, sets) {
    var keys = tokens(text).map(function (t) { return t.key; });
    return keys.some(function (first, at) {
      return phrase.every(function (wanted, n) { var there = keys[at + n]; return there === wanted || (there && sets[wanted] && sets[wanted][there]); });
    });
  }
  function said_of(text, words) {
    return tokens(text).filter(function (token) {
      token.bit = words.findIndex(function (word) { return word.words[token.key]; });
      return token.bit >= 0;
    });
  }
  // Where most of what is asked stands within a few lines; two words side by side count more.
  function densest(found, words) {
    var best = { from: 0, value: 0 };
    found.forEach(function (token, n) {
      var value = 0, seen = {}, m, last = null;
      for (m = n; m < found.length && found[m].to - token.from < 150; m++) {
        value += seen[found[m].bit] ? 0.02 : words[found[m].bit].rare;
        if (last && last.bit === found[m].bit - 1 && found[m].from - last.to < 3) value += words[found[m].bit].rare / 2;
        seen[found[m].bit] = true;
        last = found[m];
      }
      if (value > best.value) best = { from: token.from, value: value };
    });
    return best;
  }
  // The stretch of a page that says most of what is asked, its words marked.
  function excerpt(text, words) {
    var found = said_of(text, words), best = densest(found, words).from, from = best < 60 ? 0 : text.indexOf(" ", best - 50) + 1, to = Math.min(text.length, from + 230);
    if (from > best || from < best - 90) from = Math.max(0, best - 40);
    if (to < text.length && text.lastIndexOf(" ", to) > from + 120) to = text.lastIndexOf(" ", to);
    var line = document.createElement("span"), at = from;
    if (from) line.appendChild(document.createTextNode("…"));
    found.forEach(function (token) {
      if (token.from < at || token.to > to) return;
      var mark = document.createElement("mark");
      mark.textContent = text.slice(token.from, token.to);
      line.appendChild(document.createTextNode(text.slice(at, token.from)));
      line.appendChild(mark);
      at = token.to;
    });
    line.appendChild(document.createTextNode(text.slice(at, to) + (to < text.length ? "…" : "")));
    return line;
  }
  function make(tag, parent, text, attributes) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    for (var name in attributes || {}) made.setAttribute(name, attributes[name]);
    parent.appendChild(made);
    return made;
  }
  function show(found, work) {
    var item = make("li", list, ""), kind = [work.work.kind, work.work.year].filter(Boolean).join(" · ");
    if (kind) make("p", item, kind, { "class": "kind" });
    make("a", make("h2", item, ""), work.work.title, { href: work.work.to + "index.html", dir: "auto" });
    var pages = best(work, 2);
    if (!pages.length) return page(found.index, work.work.at).then(function (text) { make("p", item, "").appendChild(excerpt(text, found.words)); });
    return Promise.all(pages.map(function (one) {
      var part = place(work.work.parts, one.page) + 1, link = make("a", make("p", item, "", { "class": "answer" }), "", { href: work.work.to + part + ".html#p" + one.page });
      make("b", link, said.page.replace("{n}", one.page) + " ");
      return page(found.index, one.entry).then(function (text) { link.appendChild(excerpt(text, found.words)); });
    }));
  }
  function go() {
    var text = field.value.trim();
    list.textContent = ""; more.hidden = true; shown = 0;
    if (!text) { status.textContent = ""; return; }
    status.textContent = said.looking;
    search(text).then(checked).then(function (found) {
      answer = found;
      var none = found.words.filter(function (word) { return !word.terms.length; }).map(function (word) { return "“" + word.word + "”"; });
      var other = found.words.filter(function (word) { return word.how === "near" && word.terms.length; }).map(function (word) { return "“" + word.as + "”"; });
      status.textContent = [
        found.ranked.length ? said.found.replace("{n}", found.ranked.length) : said.nothing,
        none.length && found.ranked.length ? said.missing.replace("{words}", none.join(", ")) : "",
        other.length ? said.instead.replace("{words}", other.join(", ")) : ""
      ].filter(Boolean).join(" ");
      next();
    }).catch(function () { status.textContent = said.broken; });
  }
  // Works that have each phrase of the question on a page; those are looked at, not guessed.
  function checked(found) {
    if (!found.phrases.length) return found;
    var sets = {};
    found.words.forEach(function (word) { sets[word.word] = word.words; });
    return Promise.all(found.ranked.slice(0, 200).map(function (work) {
      return Promise.all(best(work, 10).map(function (one) {
        return page(found.index, one.entry).then(function (text) {
          return found.phrases.every(function (phrase) { return holds(text, phrase, sets); }) ? one : null;
        });
      })).then(function (pages) { work.pages = pages.filter(Boolean); return work; });
    })).then(function (works) {
      found.ranked = works.filter(function (work) { return work.pages.length; });
      return found;
    });
  }
  function next() {
    var some = answer.ranked.slice(shown, shown + 10), turn = Promise.resolve();
    shown += some.length;
    some.forEach(function (work) { turn = turn.then(function () { return show(answer, work); }); });
    turn.then(function () { more.hidden = shown >= answer.ranked.length; });
  }
  // What a search reads is brought while its words are typed.
  var pause;
  function fetch_ahead() {
    Promise.all([load("index", 0), load("works", 0)]).then(function (both) {
      var index = both[0];
      return Promise.all(tokens(field.value).slice(-3).map(function (token) {
        return look(index, token.key).then(function (word) {
          return Promise.all(word.terms.slice(0, 9).map(function (term) { return load("terms", place(index.terms, term)); }));
        });
      }));
    }).catch(Boolean);
  }
  field.addEventListener("focus", fetch_ahead);
  field.addEventListener("input", function () { clearTimeout(pause); pause = setTimeout(fetch_ahead, 250); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var hash = "#q=" + encodeURIComponent(field.value.trim());
    if (location.hash === hash) go(); else location.hash = hash;
  });
  form.addEventListener("change", function (event) { if (event.target !== field && field.value) go(); });
  more.addEventListener("click", next);
  function read() {
    var match = /^#q=(.*)$/.exec(location.hash);
    if (match) { try { field.value = decodeURIComponent(match[1]); } catch (odd) { return; } go(); }
  }
  window.addEventListener("hashchange", read);
  form.hidden = false;
  read();
})();
