// Long texts save themselves while one types. How to use it: web/autosave.py. Without this script the save button does.
//
// Nothing is ever put into the browser's storage. While something is unsaved, leaving the page asks first.
(() => {
  const PAUSE = 1500, LONGEST = 10000, AGAIN = 8000;
  const signedIn = "BroadcastChannel" in window ? new BroadcastChannel("signed-in") : null;
  const parse = (html) => new DOMParser().parseFromString(html, "text/html");

  function enhance(form) {
    const says = form.querySelector("[data-autosave-says]");
    if (!says || form.dataset.autosaveReady) return;
    form.dataset.autosaveReady = "yes";
    if ("private" in form.dataset) form.setAttribute("autocomplete", "off");
    const line = says.querySelector("[role=status]");
    const errors = says.querySelector("[data-autosave-errors]");
    const meanwhile = says.querySelector("[data-autosave-meanwhile]");
    const dialog = says.querySelector("dialog");
    let kept = words(), timer = 0, since = 0, running = null, conflict = false, leaving = false;

    function fields() {
      const data = new FormData(form);
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
      data.delete("csrfmiddlewaretoken");
      return data;
    }
    function snapshot() {
      const data = fields();
      return Object.fromEntries([...data.keys()].map((name) => [name, data.getAll(name).join("\n")]));
    }
    function words() {
      return new URLSearchParams(fields()).toString();
    }
    const dirty = () => words() !== kept;
    const body = () => new URLSearchParams([...fields(), ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken?.value ?? ""]]);
    const address = () => form.dataset.autosave || form.getAttribute("action") || location.href;

    function say(name, time) {
      const text = says.dataset[name].replace("{time}", time ?? "");
      if (line.textContent !== text) line.textContent = text;
      line.dataset.state = name;
    }

    function later() {
      clearTimeout(timer);
      if (conflict || !dirty()) return;
      since ||= Date.now();
      timer = setTimeout(save, Math.min(PAUSE, Math.max(0, since + LONGEST - Date.now())));
    }

    async function save({ keepalive = false } = {}) {
      clearTimeout(timer);
      if (running || conflict || !dirty()) return;
      running = post(keepalive);
      try { await running; } finally { running = null; }
      since = 0;
      if (line.dataset.state === "saved") later();
    }

    async function post(keepalive, renewed = false) {
      const sent = words(), before = snapshot(), content = body();
      say("saving");
      let answer, about = {};
      try {
        answer = await fetch(address(), {
          method: "POST", body: content, keepalive: keepalive && content.toString().length < 60000,
          headers: { "X-Autosave": "yes" }, redirect: "manual",
        });
        if (answer.headers.get("Content-Type")?.startsWith("application/json")) about = await answer.json();
      } catch {
        say("offline");
        timer = setTimeout(save, AGAIN);
        return;
      }
      if (answer.ok) took(about, sent, before);
      else if (answer.status === 409) collide(about);
      else if (answer.status === 422) refused(about);
      else if (answer.status === 401) signedOut();
      else if (answer.status === 403 && !renewed) await (await renew() ? post(keepalive, true) : signedOut());
      else if (answer.status === 403 || answer.status === 404) say("gone");
      else {
        say("failed");
        timer = setTimeout(save, AGAIN);
      }
    }

    // What the server sends back goes into the form, unless somebody has typed on in it: then the next save goes out
    // with the version that this one had, and the server puts the texts together.
    function took(about, sent, before) {
      const fresh = Object.entries(about.fields ?? {}).filter(([name]) => "value" in (form.elements[name] ?? {}));
      const now = snapshot();
      const changed = (name) => before[name] !== now[name];
      if (!fresh.some(([name, value]) => value !== before[name] && changed(name))) {
        for (const [name, value] of fresh) if (!changed(name)) put(form.elements[name], value);
      }
      kept = Object.keys({ ...before, ...now }).some(changed) ? null : words();
      if (about.action) {
        form.dataset.autosave = about.action;
        form.setAttribute("action", about.action);
      }
      if (about.address) history.replaceState(history.state, "", about.address);
      errors.replaceChildren();
      say("saved", about.saved);
    }

    function put(field, value) {
      if (field.value === value) return;
      const { selectionStart, selectionEnd } = field;
      field.value = value;
      if (document.activeElement === field && typeof selectionStart === "number") field.setSelectionRange(selectionStart, selectionEnd);
    }

    // Somebody else wrote here: their text is shown, ours stays in the form. The button writes ours.
    function collide(about) {
      conflict = true;
      const heading = Object.assign(document.createElement("h2"), { textContent: says.dataset.standsNow });
      const list = document.createElement("dl");
      for (const [label, now] of about.meanwhile ?? []) {
        list.append(Object.assign(document.createElement("dt"), { textContent: label }));
        list.append(Object.assign(document.createElement("dd"), { textContent: now }));
      }
      meanwhile.replaceChildren(heading, list);
      for (const [name, value] of Object.entries(about.fields ?? {})) if (form.elements[name]) form.elements[name].value = value;
      say("conflict");
    }

    function refused(about) {
      errors.replaceChildren(...(about.errors ?? []).map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
      say("refused");
    }

    function signedOut() {
      say("signedOut");
      if (!dialog.open) dialog.showModal();
    }

    // A new sign-in has a new token; and it must be the same person's.
    async function renew() {
      try {
        const answer = await fetch(says.dataset.again, { headers: { "X-Autosave": "yes" } });
        const page = answer.ok ? parse(await answer.text()).querySelector("[data-signed-in]") : null;
        if (page?.dataset.signedIn !== says.dataset.reader) return false;
        for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = page.dataset.token;
        document.body.setAttribute("hx-headers", JSON.stringify({ "x-csrftoken": page.dataset.token }));
        return true;
      } catch {
        return false;
      }
    }

    async function back() {
      if (!dialog.open || running || !(await renew())) return;
      dialog.close();
      await save();
    }

    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("focusout", () => save());
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (running) {  // the save on its way may change the version: wait for it, then send
        event.preventDefault();
        event.stopImmediatePropagation();
        running.finally(() => setTimeout(() => form.requestSubmit(event.submitter)));
      } else {
        leaving = true;
      }
    }, true);
    form.addEventListener("htmx:afterRequest", (event) => {
      leaving = false;
      if (event.detail.successful) kept = words();
    });
    dialog.querySelector("button").addEventListener("click", () => dialog.close());
    signedIn?.addEventListener("message", back);
    addEventListener("focus", back);
    addEventListener("online", () => save());
    addEventListener("pageshow", () => { leaving = false; });
    document.addEventListener("visibilitychange", () => { if (document.hidden) save({ keepalive: true }); });
    addEventListener("beforeunload", (event) => { if (!leaving && form.isConnected && dirty()) event.preventDefault(); });
  }

  const all = (root) => root.querySelectorAll("form[data-autosave]").forEach(enhance);
  document.addEventListener("DOMContentLoaded", () => {
    all(document);
    if (document.querySelector("[data-signed-in]")) signedIn?.postMessage("yes");
  });
  document.addEventListener("htmx:load", (event) => all(event.target));
})();
