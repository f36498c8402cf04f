// Comfort only: every page works without this file. No inline script, no eval.
(() => {
  "use strict";

  // A form with data-auto-submit sends itself when a choice changes; its button stays for those without script.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto-submit]");
    if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
  });

  // A filter left empty does not burden the address.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "get") return;
    const empty = [...form.elements].filter((field) => field.name && field.value === "" && !field.disabled);
    for (const field of empty) field.disabled = true;
    setTimeout(() => { for (const field of empty) field.disabled = false; });
  });

  // On a narrow screen the filters fold away, so that results come first; errors keep them open.
  const fold = document.querySelector("details.fold");
  if (fold && matchMedia("(max-width: 991.98px)").matches && !fold.querySelector("[aria-invalid]")) fold.open = false;

  // A form with data-live shows its answer as it is typed: the same page is asked for, its answer put in place.
  for (const form of document.querySelectorAll("form[data-live]")) {
    const place = document.getElementById(form.dataset.live);
    let timer = 0;
    let latest = 0;
    const refresh = async () => {
      const fields = new URLSearchParams(new FormData(form));
      for (const [name, value] of [...fields]) if (value === "") fields.delete(name);
      const address = `${form.getAttribute("action")}?${fields}`;
      const turn = ++latest;
      try {
        const response = await fetch(address, { headers: { accept: "text/html" } });
        const text = await response.text();
        const page = new DOMParser().parseFromString(text, "text/html");
        const answer = page.getElementById(form.dataset.live);
        // A later answer has come, or there is none: leave what stands. A wrong field has an answer too: what to mend.
        if (turn !== latest || !answer) return;
        place.replaceChildren(...answer.childNodes);
        history.replaceState(null, "", address);
      } catch { /* Without network the button remains. */ }
    };
    form.addEventListener("input", (event) => {
      clearTimeout(timer);
      // Other fields depend on this one: the whole page is asked for.
      if (event.target.name === form.dataset.reload) return form.requestSubmit();
      timer = setTimeout(refresh, 300);
    });
  }

  // An error summary takes the focus, so that it is read first.
  document.querySelector("[data-error-summary]")?.focus();

  // A button with data-print prints the page.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
})();
