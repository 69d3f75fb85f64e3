// Says below a textarea with data-wording (an address) what a camera could not film in it, while one types.
// Without it the same stands there after the form was sent. Nothing that is typed is kept by the address.
(() => {
  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"];

  function enhance(area) {
    if (area.dataset.looksOn) return;
    area.dataset.looksOn = "yes";
    const below = document.querySelector(`[data-wording-of="${area.id}"]`) ?? area.parentElement.appendChild(document.createElement("div"));
    const said = document.createElement("p");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    below.after(said);
    let asked = null, timer = 0, looked = null;

    function show() {
      below.querySelectorAll("[data-use]").forEach((button) => { button.hidden = false; });
      const summary = below.firstElementChild?.dataset.said ?? "";
      if (said.textContent !== summary) said.textContent = summary;
    }

    async function look() {
      asked?.abort();
      const text = area.value;
      if (text === looked) return;
      if (!text.trim()) { looked = text; below.replaceChildren(); said.textContent = ""; return; }
      asked = new AbortController();
      try {
        const answer = await fetch(area.dataset.wording, {
          method: "POST", body: new URLSearchParams({ text }), signal: asked.signal,
          headers: { "HX-Request": "true", "X-CSRFToken": token() },
        });
        if (!answer.ok || answer.redirected) return;
        below.innerHTML = await answer.text();
        looked = text;
        show();
      } catch { /* typed on meanwhile, or no network: advice can wait */ }
    }

    area.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 350); });
    below.addEventListener("click", (event) => {
      const button = event.target.closest("[data-use]");
      if (!button) return;
      area.value = button.dataset.use;
      area.focus();
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.dispatchEvent(new Event("change", { bubbles: true }));
    });
    if (below.firstElementChild) { looked = area.value; show(); } else look();
  }

  const all = (root) => {
    root.querySelectorAll("textarea[data-wording]").forEach(enhance);
    root.querySelectorAll("[data-wording-look]").forEach((button) => { button.hidden = true; });
  };
  document.addEventListener("DOMContentLoaded", () => all(document));
  document.addEventListener("htmx:load", (event) => all(event.target));
})();
