// Finds while one types: every input with data-find (an address that answers ?q= with <li role="option">) becomes a
// combobox. Arrow keys choose, Enter takes, Esc closes. data-go: taking somebody opens their page instead.
(() => {
  let count = 0;

  function enhance(input) {
    if (input.dataset.ready) return;
    input.dataset.ready = "yes";
    const list = document.createElement("ul");
    const said = document.createElement("p");
    list.id = `found-${++count}`;
    list.className = "choices";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels?.[0]?.textContent.trim() ?? "");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    input.after(list, said);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    let chosen = -1, asked = null, timer = 0;
    const options = () => [...list.querySelectorAll('[role="option"]')];

    function close() {
      clearTimeout(timer);
      asked?.abort();
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function choose(index) {
      const all = options();
      if (!all.length) return;
      chosen = (index + all.length) % all.length;
      all.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
      input.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    }

    function take(option) {
      if ("go" in input.dataset) { location.assign(option.dataset.href); return; }
      input.value = option.dataset.value;
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    async function ask() {
      asked?.abort();
      asked = new AbortController();
      const words = input.value.trim();
      if (!words) { close(); return; }
      try {
        const answer = await fetch(`${input.dataset.find}?q=${encodeURIComponent(words)}`, { headers: { "HX-Request": "true" }, signal: asked.signal });
        if (!answer.ok || answer.redirected) { close(); return; }
        list.innerHTML = await answer.text();
      } catch { return; }
      const all = options();
      all.forEach((option, place) => { option.id = `${list.id}-${place}`; });
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = !list.children.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      said.textContent = list.textContent.trim() && list.lastElementChild?.dataset.said || "";
    }

    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) ask(); else choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
      } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
        event.preventDefault();
        take(options()[chosen]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest('[role="option"]');
      if (option) take(option);
    });
  }

  const all = (root) => root.querySelectorAll("input[data-find]").forEach(enhance);
  document.addEventListener("DOMContentLoaded", () => all(document));
  document.addEventListener("htmx:load", (event) => all(event.target));
})();
