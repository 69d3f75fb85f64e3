// The form of a step: a colleague found by name fills in department and job, and says so; the count to come is asked for.
(() => {
  function fill(met, option) {
    const place = met.querySelector("[data-place]");
    const said = met.querySelector("[data-filled]");
    for (const name of ["department", "job"]) {
      const field = place.querySelector(`[data-fill="${name}"]`);
      if (field && name in option.dataset) field.value = option.dataset[name];
    }
    said.querySelector("span").textContent = option.querySelector("small")?.textContent.trim() ?? "";
    said.hidden = false;
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-step]");
    if (!form) return;
    const met = event.target.closest("[data-met]");
    if (met && event.target.matches("[data-find]")) {
      const list = event.target.nextElementSibling;
      const option = [...(list?.querySelectorAll("[data-value]") ?? [])].find((one) => one.dataset.value === event.target.value);
      if (option) fill(met, option); else met.querySelector("[data-filled]").hidden = true;
    }
    form.dispatchEvent(new CustomEvent("step-changed"));
  });
})();
