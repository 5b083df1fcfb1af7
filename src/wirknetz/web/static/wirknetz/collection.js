/* The form of a collection round: saves while one types, keeps what could not be sent, moves with
   the keyboard, adds up. Without this file the plain buttons do the same work. */
(function () {
  "use strict";

  document.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
  var form = document.getElementById("meldung");
  if (!form || !window.fetch || !form.dataset.save) { return; }

  form.classList.add("wn-js");

  var PREFIX = "wn-meldung:" + form.dataset.key + ":";
  var STORE = PREFIX + tab();
  var status = form.querySelector("[data-status]");
  var queue = { fields: {}, ways: {} };
  var busy = false, timer = 0, wait = 2000, blocked = false;

  // ------------------------------------------------------------------ what is not sent yet

  function tab() {
    try {
      var known = window.sessionStorage.getItem("wn-tab");
      if (!known) {
        known = Math.random().toString(36).slice(2);
        window.sessionStorage.setItem("wn-tab", known);
      }
      return known;
    } catch (error) { return "here"; }
  }

  function isEmpty() {
    return !Object.keys(queue.fields).length && !Object.keys(queue.ways).length;
  }

  function persist() {
    try {
      if (isEmpty()) { window.localStorage.removeItem(STORE); }
      else { window.localStorage.setItem(STORE, JSON.stringify(queue)); }
    } catch (error) { /* private mode: the queue lives as long as the page */ }
  }

  function leftBehind() {
    var found = [];
    try {
      Object.keys(window.localStorage).forEach(function (name) {
        if (name.indexOf(PREFIX) !== 0) { return; }
        found.push(JSON.parse(window.localStorage.getItem(name)));
        window.localStorage.removeItem(name);
      });
    } catch (error) { /* nothing to take up */ }
    return found;
  }

  function restore() {
    var taken = 0;
    leftBehind().forEach(function (old) {
      Object.keys(old.fields || {}).forEach(function (key) {
        var cell = cellOf(key), field = old.fields[key];
        if (!cell || (value(cell) === field.v && cases(cell) === field.n)) { return; }
        cell.querySelector("[data-value]").value = field.v;
        if (cell.querySelector("[data-cases]")) { cell.querySelector("[data-cases]").value = field.n; }
        queue.fields[key] = field;
        taken += 1;
      });
      Object.keys(old.ways || {}).forEach(function (id) {
        var block = document.getElementById("m" + id);
        var select = block && block.querySelector("[data-way]");
        if (!select || select.value === old.ways[id].g) { return; }
        select.value = old.ways[id].g;
        queue.ways[id] = { g: old.ways[id].g, h: kept(block) };
        taken += 1;
      });
    });
    persist();
    if (taken) { say("restored", form.dataset.restored); schedule(300); }
  }

  // ------------------------------------------------------------------------ reading fields

  function cellOf(key) { return form.querySelector('[data-field="' + window.CSS.escape(key) + '"]'); }
  function value(cell) { return cell.querySelector("[data-value]").value; }
  function cases(cell) {
    var input = cell.querySelector("[data-cases]");
    return input ? input.value : "";
  }
  function kept(block) { return block.querySelector('input[name^="h:"]').value; }

  function note(cell, seen) {
    var key = cell.dataset.field, before = queue.fields[key];
    queue.fields[key] = {
      v: value(cell), n: cases(cell),
      s: seen !== undefined ? seen : cell.querySelector("[data-seen]").value,
      q: before && seen === undefined ? before.q : []
    };
    persist();
  }

  // ------------------------------------------------------------------------------- sending

  function schedule(delay) {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { send(); }, delay);
  }

  function body(batch) {
    var data = new FormData();
    data.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    Object.keys(batch.fields).forEach(function (key) {
      var field = batch.fields[key];
      data.append("v:" + key, field.v);
      data.append("s:" + key, field.s);
      if (field.n) { data.append("n:" + key, field.n); }
      if (field.q.length) { data.append("q:" + key, JSON.stringify(field.q.slice(-20))); }
    });
    Object.keys(batch.ways).forEach(function (id) {
      data.append("g:" + id, batch.ways[id].g);
      data.append("h:" + id, batch.ways[id].h);
    });
    return data;
  }

  function send() {
    window.clearTimeout(timer);
    if (isEmpty()) { return Promise.resolve(true); }
    if (busy || blocked) { return Promise.resolve(false); }
    var batch = JSON.parse(JSON.stringify(queue));
    var stop = new AbortController();
    var limit = window.setTimeout(function () { stop.abort(); }, 20000);
    busy = true;
    say("saving", form.dataset.saving);
    return fetch(form.dataset.save, {
      method: "POST", body: body(batch), credentials: "same-origin", redirect: "manual",
      signal: stop.signal, headers: { "X-Requested-With": "XMLHttpRequest" }
    }).then(function (answer) {
      if (answer.type === "opaqueredirect" || answer.status === 403) { throw new Error("signedOut"); }
      if (answer.status === 409) {
        return answer.json().then(function (news) { refuse(news.refused); return false; });
      }
      if (!answer.ok) { throw new Error("offline"); }
      return answer.json().then(function (news) { took(batch, news); return true; });
    }).catch(function (error) {
      failed(batch, error.message === "signedOut");
      return false;
    }).then(function (done) {
      window.clearTimeout(limit);
      busy = false;
      if (done && !isEmpty()) { return send(); }
      return done;
    });
  }

  function took(batch, news) {
    wait = 2000;
    Object.keys(batch.fields).forEach(function (key) { settle(key, batch.fields[key], news); });
    Object.keys(batch.ways).forEach(function (id) {
      if (queue.ways[id] && queue.ways[id].g === batch.ways[id].g) { delete queue.ways[id]; }
      replace(id, news.blocks[id]);
    });
    persist();
    tell(news);
  }

  function settle(key, sent, news) {
    var cell = cellOf(key), now = news.fields[key], waiting = queue.fields[key];
    if (waiting && waiting.v === sent.v && waiting.n === sent.n) { delete queue.fields[key]; }
    if (!cell || !now) { return; }
    cell.querySelector("[data-seen]").value = now.seen;
    if (queue.fields[key]) {
      queue.fields[key].s = now.seen;
      queue.fields[key].q = [];
    } else if (!cell.contains(document.activeElement)) {
      cell.querySelector("[data-value]").value = now.text;
      if (cell.querySelector("[data-cases]")) { cell.querySelector("[data-cases]").value = now.n; }
    }
  }

  function failed(batch, signedOut) {
    Object.keys(batch.fields).forEach(function (key) {
      var waiting = queue.fields[key], sent = batch.fields[key];
      if (waiting) { waiting.q.push([sent.v, sent.n]); }
    });
    persist();
    if (signedOut) {
      blocked = true;
      say("failed", form.dataset.signedOut);
      return;
    }
    say("failed", form.dataset.offline);
    schedule(wait);
    wait = Math.min(wait * 2, 30000);
  }

  function refuse(sentence) {
    blocked = true;
    say("failed", sentence);
  }

  // ------------------------------------------------------------------------------- showing

  function say(state, text) {
    status.dataset.state = state;
    if (status.textContent !== text) { status.textContent = text; }
  }

  function tell(news) {
    form.querySelectorAll("[data-field]").forEach(function (cell) {
      message(cell, news.messages[cell.dataset.field]);
    });
    form.querySelectorAll("[data-measure]").forEach(function (block) {
      var done = news.done.indexOf(Number(block.dataset.measure)) >= 0;
      block.querySelector("[data-done]").hidden = !done;
      elsewhere(block.querySelector("[data-elsewhere]"), news.elsewhere[block.dataset.measure]);
    });
    form.querySelector("[data-answered]").textContent = news.answered;
    form.querySelector("[data-progress]").value = news.answered;
    var next = form.querySelector("[data-next]");
    next.hidden = !news.next;
    if (news.next) { next.setAttribute("href", "#" + news.next); }
    say(news.wrong ? "wrong" : "saved", news.saved);
    addUp();
  }

  function message(cell, found) {
    var place = placeOf(cell), input = cell.querySelector("[data-value]");
    var wrong = Boolean(found && (found.problem || found.errors.length));
    cell.classList.toggle("wn-cell--wrong", wrong);
    cell.classList.toggle("wn-cell--asks", Boolean(found) && !wrong);
    if (wrong) { input.setAttribute("aria-invalid", "true"); } else { input.removeAttribute("aria-invalid"); }
    place.textContent = "";
    if (!found) { return; }
    if (found.problem) { place.append(line("wn-cell__error", found.problem, place)); }
    if (found.conflict) { place.append(choose(cell, found)); }
    found.errors.forEach(function (text) { place.append(line("wn-cell__error", text, place)); });
    found.questions.forEach(function (text) { place.append(line("wn-cell__question", text, place)); });
  }

  function elsewhere(place, found) {
    place.textContent = "";
    if (!found) { return; }
    found.errors.forEach(function (text) { place.append(line("wn-cell__error", text)); });
    found.questions.forEach(function (text) { place.append(line("wn-cell__question", text)); });
  }

  function placeOf(cell) {
    return form.querySelector('[data-message="' + window.CSS.escape(cell.dataset.field) + '"]');
  }

  function line(name, text, place) {
    var made = document.createElement("p"), label = place && place.dataset.label;
    made.className = name;
    if (label) {
      var strong = document.createElement("strong");
      strong.textContent = label + ":";
      made.append(strong, " ");
    }
    made.append(text);
    return made;
  }

  function choose(cell, found) {
    var made = line("wn-cell__choose", "");
    made.append(button(form.dataset.mine, function () { note(cell, found.their_seen); schedule(0); }));
    made.append(button(form.dataset.theirs, function () {
      cell.querySelector("[data-value]").value = found.theirs;
      if (cell.querySelector("[data-cases]")) { cell.querySelector("[data-cases]").value = found.theirs_n; }
      note(cell, found.their_seen);
      schedule(0);
    }));
    return made;
  }

  function button(text, act) {
    var made = document.createElement("button"), label = document.createElement("span");
    made.type = "button";
    made.className = "kern-btn kern-btn--secondary wn-btn--small";
    label.className = "kern-label";
    label.textContent = text;
    made.append(label);
    made.addEventListener("click", act);
    return made;
  }

  function replace(id, html) {
    var old = document.getElementById("m" + id);
    if (!old || !html) { return; }
    var held = document.createElement("template"), focused = old.contains(document.activeElement);
    var open = old.querySelector("details");
    held.innerHTML = html;
    var fresh = held.content.querySelector("article");
    if (open && open.open) { fresh.querySelector("details").open = true; }
    Object.keys(queue.fields).forEach(function (key) {
      if (key.indexOf(id + ":") === 0) { delete queue.fields[key]; }
    });
    old.replaceWith(fresh);
    if (focused) { fresh.querySelector("[data-way]").focus(); }
  }

  // ------------------------------------------------------------------------------ adding up

  function amount(text) {
    var plain = text.replace(/[\s\u00a0\u2009\u202f]/g, "");
    if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain)) { plain = plain.replace(/\./g, ""); }
    plain = plain.replace(",", ".");
    return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
  }

  function sum(inputs) {
    var amounts = inputs.map(function (input) { return amount(input.value); })
      .filter(function (found) { return found !== null; });
    if (!amounts.length) { return ""; }
    var total = amounts.reduce(function (a, b) { return a + b; }, 0);
    return (Math.round(total * 10000) / 10000).toLocaleString(document.documentElement.lang || "de");
  }

  function addUp() { form.querySelectorAll("[data-table]").forEach(addUpTable); }

  function addUpTable(table) {
    var rows = [...table.querySelectorAll("[data-row]")].map(function (row) {
      return [...row.querySelectorAll("[data-value]")];
    });
    table.querySelectorAll("[data-row-sum]").forEach(function (place, i) { place.textContent = sum(rows[i]); });
    table.querySelectorAll("[data-column-sum]").forEach(function (place, i) {
      place.textContent = sum(rows.map(function (row) { return row[i]; }));
    });
    table.querySelectorAll("[data-total]").forEach(function (place) { place.textContent = sum(rows.flat()); });
    var fill = table.querySelector("[data-fill-line]");
    if (fill) { fill.hidden = rows.flat().every(function (input) { return input.value.trim() !== ""; }); }
  }

  // ------------------------------------------------------------------------------ keyboard

  function neighbour(input, key) {
    var all = [...form.querySelectorAll("[data-value], [data-cases]")], at = all.indexOf(input);
    var row = input.closest("tr"), mean = input.closest("table.wn-values__table--mean");
    var step = key === "ArrowUp" || key === "ArrowLeft" ? -1 : 1;
    if (row && !mean && key !== "ArrowLeft" && key !== "ArrowRight") {
      var column = [...row.querySelectorAll("[data-value]")].indexOf(input);
      var rows = [...row.parentElement.querySelectorAll("[data-row]")], other = rows[rows.indexOf(row) + step];
      if (other) { return other.querySelectorAll("[data-value]")[column]; }
      if (key !== "Enter") { return null; }
      var across = rows[0].querySelectorAll("[data-value]")[column + 1];
      if (across) { return across; }
      at = all.indexOf([...row.parentElement.querySelectorAll("[data-value]")].pop());
    }
    return all[at + step];
  }

  function edge(input, key) {
    if (input.selectionStart !== input.selectionEnd) { return false; }
    return key === "ArrowLeft" ? input.selectionStart === 0 : input.selectionEnd === input.value.length;
  }

  form.addEventListener("keydown", function (event) {
    var input = event.target.closest("[data-value], [data-cases]");
    if (!input || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    if (["Enter", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].indexOf(event.key) < 0) { return; }
    var sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
    if (sideways && (!input.closest("table") || !edge(input, event.key))) { return; }
    var next = neighbour(input, event.key);
    event.preventDefault();
    if (next) { next.focus(); next.select(); } else { send(); }
  });

  // -------------------------------------------------------------------------------- events

  form.addEventListener("input", function (event) {
    var cell = event.target.closest("[data-field]");
    if (!cell) { return; }
    note(cell);
    var table = cell.closest("[data-table]");
    if (table) { addUpTable(table); }
    if (!blocked) { schedule(800); }
  });
  form.addEventListener("focusout", function (event) {
    if (event.target.closest("[data-field]") && !isEmpty()) { schedule(150); }
  });
  form.addEventListener("change", function (event) {
    if (!event.target.matches("[data-way]")) { return; }
    var block = event.target.closest("[data-measure]");
    queue.ways[block.dataset.measure] = { g: event.target.value, h: kept(block) };
    persist();
    schedule(0);
  });
  form.addEventListener("click", function (event) {
    var fill = event.target.closest("[data-fill]"), keep = event.target.closest("[data-keep]");
    var take = event.target.closest("[data-take]");
    if (fill) { event.preventDefault(); fillWithZero(fill.closest("[data-table]")); }
    if (keep || take) {
      event.preventDefault();
      var place = (keep || take).closest("[data-message]"), cell = cellOf(place.dataset.message);
      if (take) { cell.querySelector("[data-value]").value = place.querySelector("[data-theirs]").value; }
      if (take && cell.querySelector("[data-cases]")) {
        cell.querySelector("[data-cases]").value = place.querySelector("[data-theirs-n]").value;
      }
      note(cell, place.querySelector("[data-their-seen]").value);
      schedule(0);
    }
  });
  function fillWithZero(table) {
    table.querySelectorAll("[data-value]").forEach(function (input) {
      if (input.value.trim() !== "") { return; }
      input.value = "0";
      note(input.closest("[data-field]"));
    });
    addUpTable(table);
    table.querySelector("[data-value]").focus();
    schedule(0);
  }
  form.addEventListener("submit", function (event) {
    var check = event.submitter && event.submitter.value === "check";
    event.preventDefault();
    blocked = false;
    waitUntilSent(20).then(function (done) {
      if (done && check) { window.location.assign(form.dataset.check); }
    });
  });
  function waitUntilSent(tries) {
    return send().then(function (done) {
      if (done || blocked || tries <= 0 || !busy) { return done; }
      return new Promise(function (next) { window.setTimeout(next, 150); })
        .then(function () { return waitUntilSent(tries - 1); });
    });
  }
  form.querySelector("[data-next]").addEventListener("click", function (event) {
    var block = document.querySelector(event.currentTarget.getAttribute("href"));
    if (!block) { return; }
    event.preventDefault();
    var inputs = [...block.querySelectorAll("[data-value]")];
    var free = inputs.find(function (input) { return input.value.trim() === ""; }) || inputs[0];
    block.scrollIntoView({ block: "start" });
    (free || block).focus({ preventScroll: Boolean(!free) });
  });
  window.addEventListener("online", function () { wait = 2000; send(); });
  window.addEventListener("offline", function () { if (!isEmpty()) { say("failed", form.dataset.offline); } });
  document.addEventListener("visibilitychange", function () { if (document.hidden) { send(); } });

  restore();
}());
