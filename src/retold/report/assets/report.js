"use strict";
// The report reads without this script; it adds filters, the evidence of an edge beside the picture, and where one is.
(() => {
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));

  for (const tools of all(".tools")) {
    tools.hidden = false;
    const part = tools.closest(".part");
    tools.addEventListener("change", (event) => {
      part.classList.toggle("hide-" + event.target.dataset.filter, event.target.checked);
    });
  }

  const cell = (row, i) => row.cells[i].textContent.trim().replace(/\s+/g, " ");
  const element = (name, text, kind) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  for (const picture of all(".lineage")) {
    const panel = picture.querySelector(".evidence");
    const edges = all(".edge", picture);
    const show = (edge) => {
      const row = document.getElementById(edge.getAttribute("href").slice(1));
      if (!row) return;
      for (const other of edges) other.classList.toggle("on", other === edge);
      const list = document.createElement("ul");
      for (const item of all("li", row)) list.append(element("li", item.textContent));
      const head = element("p", "");
      head.append(element("strong", cell(row, 0) + " → " + cell(row, 1)), " confidence " + cell(row, 2));
      panel.replaceChildren(head, list, element("p", "Runner-up: " + cell(row, 4), "note"));
      panel.hidden = false;
    };
    for (const edge of edges) {
      edge.addEventListener("mouseenter", () => show(edge));
      edge.addEventListener("focus", () => show(edge));
      edge.addEventListener("click", (event) => { event.preventDefault(); show(edge); });
    }
  }

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let closed = target.parentElement && target.parentElement.closest("details:not([open])");
    if (!closed && target.matches("details")) closed = target;
    for (let at = closed; at; at = at.parentElement && at.parentElement.closest("details:not([open])")) at.open = true;
    if (closed) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  if ("IntersectionObserver" in window) {
    const links = new Map(all(".rail a").map((link) => [link.getAttribute("href").slice(1), link]));
    const watch = new IntersectionObserver((seen) => {
      for (const one of seen) {
        const head = one.target.querySelector(".h");
        const link = head && links.get(head.id);
        if (!link || !one.isIntersecting) continue;
        for (const other of all("a", link.closest("ul"))) other.removeAttribute("aria-current");
        link.setAttribute("aria-current", "true");
      }
    }, { rootMargin: "-10% 0px -80% 0px" });
    for (const part of all(".part")) watch.observe(part);
  }
})();
