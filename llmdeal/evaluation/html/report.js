(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const list = byId("list");
  const given = [...list.querySelectorAll("details.article")];
  const wrong = new Set(["PAR", "INC", "MIS", "SPU"]);
  const choices = ["show", "slot", "language", "tag", "order"];
  let ordered = given;
  let current = null;
  let openedByKey = null;

  const entries = new Map(
    given.map((article) => {
      const of = (selector) =>
        [...article.querySelectorAll(selector)].map((row) => ({
          row,
          slot: row.dataset.slot,
          outcome: row.dataset.outcome,
        }));
      const tags = new Set(article.dataset.tags.split(" "));
      return [article, { rows: of("tr.leaf"), changes: of("li.leaf[data-slot]"), tags, words: null }];
    }),
  );

  // Filters

  const wordsOf = (article) => {
    const entry = entries.get(article);
    entry.words ??= [...article.querySelectorAll("[data-find]")].map((part) => part.textContent).join("\n").toLowerCase();
    return entry.words;
  };

  const isError = (row, show) => (show === "wrong" ? wrong.has(row.outcome) : !wrong.has(show) || row.outcome === show);

  const passes = (article, chosen) => {
    const { show, slot, language, tag, changed, find } = chosen;
    const { rows, changes, tags } = entries.get(article);
    const failed = "failed" in article.dataset;
    if (language && article.dataset.language !== language) return false;
    if (tag && !tags.has(tag)) return false;
    if (show === "failed" && !failed) return false;
    if (changed && !("changed" in article.dataset)) return false;
    if (changed && slot && !changes.some((change) => change.slot === slot)) return false;
    if (slot || show) {
      const some = [...rows, ...(show ? [] : changes)].some((row) => (!slot || row.slot === slot) && isError(row, show));
      // A failure is an error, also where the gold has nothing that could be missing.
      if (!some && !(failed && !slot && (show === "wrong" || show === "failed"))) return false;
    }
    return !find || wordsOf(article).includes(find);
  };

  const choose = () => ({
    ...Object.fromEntries(choices.map((name) => [name, byId(name).value])),
    changed: byId("changed")?.checked ?? false,
    find: byId("find").value.trim().toLowerCase(),
  });

  const filter = () => {
    const chosen = choose();
    let shown = 0;
    for (const article of given) {
      article.hidden = !passes(article, chosen);
      shown += article.hidden ? 0 : 1;
      const { rows, changes } = entries.get(article);
      for (const { row, slot } of [...rows, ...changes]) row.hidden = Boolean(chosen.slot) && slot !== chosen.slot;
      rove(article);
    }
    byId("shown").textContent = `${shown} of ${given.length} shown`;
    byId("none").hidden = shown > 0 || given.length === 0;
  };

  const order = () => {
    const by = byId("order").value;
    const keys = {
      worst: (article) => (article.dataset.f1 === "" ? 2 : Number(article.dataset.f1)),
      losses: (article) => -Number(article.dataset.worse),
    };
    const was = ordered;
    ordered = by ? [...given].sort((one, other) => keys[by](one) - keys[by](other)) : given;
    // To lay out hundreds of articles anew takes longer than to look whether any has moved.
    if (ordered.some((article, at) => article !== was[at])) list.append(...ordered);
  };

  const clear = () => {
    for (const name of [...choices, "find"]) byId(name).value = "";
    if (byId("changed")) byId("changed").checked = false;
    order();
    filter();
  };

  // Evidence

  const light = (row) => {
    const article = row.closest("details.article");
    unlight(article);
    const key = row.dataset.row;
    const found = article.querySelectorAll(`[data-rows~="${key}"]`);
    for (const piece of found) piece.classList.add("lit");
    const quoted = article.querySelectorAll(`[data-quoted~="${key}"]`);
    for (const piece of quoted) piece.classList.add("lit-quoted");
    return found[0] ?? quoted[0];
  };

  const lightRows = (piece) => {
    const article = piece.closest("details.article");
    unlight(article);
    const keys = `${piece.dataset.rows} ${piece.dataset.quoted}`.split(" ").filter(Boolean);
    for (const key of keys) article.querySelector(`[data-row="${key}"]`)?.classList.add("lit");
  };

  const unlight = (article) => {
    for (const part of article.querySelectorAll(".lit, .lit-quoted")) part.classList.remove("lit", "lit-quoted");
  };

  // Only the box of the text is scrolled: to move the page under the reader's eyes would lose the row.
  const bringIntoBox = (piece) => {
    const box = piece.closest(".text");
    if (box.scrollHeight <= box.clientHeight) return;
    const top = piece.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (top < 0 || top > box.clientHeight - 32) box.scrollTop += top - box.clientHeight / 3;
  };

  const lightFocused = () => {
    const row = document.activeElement?.closest?.(".leaf");
    if (row) light(row);
  };

  list.addEventListener("mouseover", (event) => {
    const part = event.target.closest(".leaf, .piece");
    if (part) (part.classList.contains("leaf") ? light : lightRows)(part);
  });
  list.addEventListener("mouseout", (event) => {
    const article = event.target.closest("details.article");
    if (article && event.target.closest(".leaf, .piece")) unlight(article);
    lightFocused();
  });
  list.addEventListener("focusin", (event) => {
    current = event.target.closest("details.article");
    const row = event.target.closest(".leaf");
    if (!row) return;
    const piece = light(row);
    if (piece) bringIntoBox(piece);
    if (row.tagName === "TR") rove(current, row);
  });
  list.addEventListener("focusout", (event) => {
    const article = event.target.closest("details.article");
    if (article) unlight(article);
  });

  // Keys

  const rowsOf = (article) => [...article.querySelectorAll("tr.leaf")].filter((row) => !row.hidden);

  // One row of a table can be reached by Tab, the others from it.
  function rove(article, chosen) {
    const rows = rowsOf(article);
    const first = chosen ?? rows.find((row) => row.tabIndex === 0) ?? rows[0];
    for (const row of article.querySelectorAll("tr.leaf")) row.tabIndex = row === first ? 0 : -1;
  }

  const step = (by) => {
    const left = ordered.filter((article) => !article.hidden);
    if (left.length === 0) return;
    const at = left.indexOf(current);
    const next = at < 0 ? left[by > 0 ? 0 : left.length - 1] : left[Math.min(Math.max(at + by, 0), left.length - 1)];
    if (openedByKey && openedByKey !== next) openedByKey.open = false;
    if (!next.open) {
      next.open = true;
      openedByKey = next;
    }
    current = next;
    next.querySelector("summary").focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  };

  const stepRow = (row, by) => {
    const rows = rowsOf(row.closest("details.article"));
    rows[Math.min(Math.max(rows.indexOf(row) + by, 0), rows.length - 1)]?.focus();
  };

  const toLeaves = () => {
    if (!current || current.hidden) return;
    current.open = true;
    const rows = rowsOf(current);
    (rows.find((row) => row.tabIndex === 0) ?? rows[0])?.focus();
  };

  const find = () => {
    byId("find").focus();
    byId("find").select();
  };

  const help = () => {
    if (!byId("help").open) byId("help").showModal();
  };

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    ArrowRight: () => step(1),
    ArrowLeft: () => step(-1),
    l: toLeaves,
    "/": find,
    "?": help,
  };

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || byId("help").open) return;
    if (target.id === "find" && event.key === "Escape") {
      target.value = "";
      filter();
      target.blur();
      return;
    }
    if (target.matches("input, select, textarea")) return;
    const row = target.closest("tr.leaf");
    if (row && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      stepRow(row, event.key === "ArrowDown" ? 1 : -1);
      return;
    }
    // Sideways arrows scroll what is wider than its box.
    if (event.key.startsWith("Arrow") && target.closest(".scroll")) return;
    if (!Object.hasOwn(keys, event.key) || (event.key.length === 1 && !byId("keys").checked)) return;
    event.preventDefault();
    keys[event.key]();
  });

  // Style

  const root = document.documentElement;
  const darkByDefault = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : darkByDefault.matches);
  const showTheme = () => byId("theme").setAttribute("aria-pressed", String(isDark()));

  byId("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    showTheme();
  });
  darkByDefault.addEventListener("change", showTheme);

  // Print: what is shown, opened.

  let openedToPrint = [];
  addEventListener("beforeprint", () => {
    openedToPrint = [...document.querySelectorAll("details:not([open])")].filter((part) => !part.hidden);
    for (const part of openedToPrint) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of openedToPrint) part.open = false;
  });

  // Set-up

  for (const name of ["show", "slot", "language", "tag"]) byId(name).addEventListener("change", filter);
  byId("changed")?.addEventListener("change", filter);
  byId("find").addEventListener("input", filter);
  byId("order").addEventListener("change", order);
  byId("clear").addEventListener("click", clear);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  for (const [id, open] of [["open-all", true], ["close-all", false]]) {
    byId(id).addEventListener("click", () => {
      for (const article of given) article.open = open && !article.hidden;
    });
  }
  for (const button of document.querySelectorAll("button[data-filter]")) {
    button.addEventListener("click", () => {
      byId(button.dataset.filter).value = button.dataset.choice;
      filter();
      byId("articles").scrollIntoView();
      byId(button.dataset.filter).focus({ preventScroll: true });
    });
  }
  byId("help-open").addEventListener("click", help);
  byId("help-close").addEventListener("click", () => byId("help").close());
  for (const id of ["theme", "help-open", "filters"]) byId(id).hidden = false;
  // What sticks to the top hides what is scrolled there.
  new ResizeObserver(() => {
    const stuck = getComputedStyle(byId("filters")).position === "sticky";
    root.style.setProperty("--bar", `${stuck ? byId("filters").offsetHeight : 0}px`);
  }).observe(byId("filters"));
  // A page that was left and come back to may hold choices of before.
  showTheme();
  order();
  filter();
})();
