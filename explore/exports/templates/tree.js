// Makes a nested list a tree that arrow keys walk: chart, group, value, words, source. Without scripts it stays a list.
for (const tree of document.querySelectorAll(".tree")) {
  const items = [...tree.querySelectorAll("li")];
  tree.setAttribute("role", "tree");
  for (const part of tree.querySelectorAll("ul")) part.setAttribute("role", "group");
  for (const link of tree.querySelectorAll("a")) link.tabIndex = -1;
  for (const item of items) {
    item.setAttribute("role", "treeitem");
    item.setAttribute("aria-label", item.firstElementChild.textContent.trim());
    item.tabIndex = -1;
    if (item.querySelector("ul")) item.setAttribute("aria-expanded", "false");
  }
  items[0].tabIndex = 0;
  const open = (item, wanted) => item.hasAttribute("aria-expanded") && item.setAttribute("aria-expanded", wanted);
  const go = (item) => {
    if (!item) return;
    for (const one of items) one.tabIndex = one === item ? 0 : -1;
    item.focus();
  };
  const step = (item, by) => {
    const shown = items.filter((one) => !one.parentElement.closest("[aria-expanded=false]"));
    return by ? shown[shown.indexOf(item) + by] : shown;
  };
  const keys = {
    ArrowDown: (item) => go(step(item, 1)),
    ArrowUp: (item) => go(step(item, -1)),
    ArrowRight: (item) => item.getAttribute("aria-expanded") === "true" ? go(step(item, 1)) : open(item, "true"),
    ArrowLeft: (item) => item.getAttribute("aria-expanded") === "true"
      ? open(item, "false") : go(item.parentElement.closest("li")),
    Home: () => go(items[0]),
    End: (item) => go(step(item, 0).at(-1)),
    Enter: (item) => item.querySelector(":scope > span a")?.click(),
  };
  tree.addEventListener("keydown", (event) => {
    const item = event.target.closest("li");
    if (!item || !keys[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key](item);
  });
  tree.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (!item || event.target.closest("a")) return;
    open(item, item.getAttribute("aria-expanded") !== "true");
    go(item);
  });
}
