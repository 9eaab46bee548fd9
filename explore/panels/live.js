// A chart that is drawn once and then only moved, and the words that go with it.
// `vegaEmbed` comes with the script: it is bundled from the one that also draws the pictures.

// A value such as 8.899999999999999 is 8.9 to the eye, and so it is to the ear.
function sayWhole(handle) {
  const say = () => {
    const value = handle.getAttribute("aria-valuetext");
    const whole = String(Number(Number(value).toFixed(4)));
    if (value !== whole) handle.setAttribute("aria-valuetext", whole);
  };
  new MutationObserver(say).observe(handle, { attributeFilter: ["aria-valuetext"] });
  say();
}

// The sliders of ipywidgets have a visible label that is not tied to the handle that takes the keyboard.
// Parts of a panel come when they are ready, some after the chart.
function readyForKeys(el) {
  const panel = el.closest(".explore-panel");
  if (!panel?.isConnected) return requestAnimationFrame(() => readyForKeys(el));
  const ready = () => {
    // JupyterLab takes an arrow key for its own, even from a list, unless the list itself asks it not to.
    for (const list of panel.querySelectorAll("select, input")) list.dataset.lmSuppressShortcuts = "true";
    for (const status of panel.querySelectorAll(".explore-status")) status.setAttribute("role", "status");
    for (const handle of panel.querySelectorAll(".noUi-handle:not([aria-label])")) {
      handle.setAttribute("aria-label", handle.closest(".widget-slider").querySelector(".widget-label").textContent);
      sayWhole(handle);
    }
  };
  new MutationObserver(ready).observe(panel, { childList: true, subtree: true });
  ready();
}

const WIDGET = "application/vnd.jupyter.widget-view+json";
const CHART = "application/vnd.vegalite.v5+json";

// A saved notebook that is opened without its kernel would show an error where a widget was, and not
// the chart stored beside it. So what is saved is the chart; the page itself keeps the widget.
function saveTheChart(notebook) {
  if (!notebook?.toJSON || notebook.savesCharts) return;
  const whole = notebook.toJSON.bind(notebook);
  const kept = (output) => {
    if (!output.data?.[WIDGET] || !output.data[CHART]) return output;
    const { [WIDGET]: _, ...data } = output.data;
    return { ...output, data };
  };
  notebook.savesCharts = true;
  notebook.toJSON = () => {
    const json = whole();
    const cells = json.cells.map((cell) =>
      cell.outputs ? { ...cell, outputs: cell.outputs.map(kept) } : cell,
    );
    return { ...json, cells };
  };
}

function render({ model, el }) {
  saveTheChart(model.widget_manager?.context?.model);
  const part = (kind, name) => {
    const made = document.createElement(kind);
    made.className = name;
    return made;
  };
  const said = part("p", "explore-said");
  const body = part("div", "explore-body");
  const card = part("div", "explore-card");
  const drawn = part("div", "explore-drawn");
  said.setAttribute("aria-live", "polite");
  body.append(card, drawn);
  el.append(said, body);
  let shown = null;
  let spec = null;
  let gone = false;

  const move = async (chart, moves) => {
    for (const [name, value] of Object.entries(moves)) chart?.view.signal(name, value);
    await chart?.view.runAsync();
  };

  // Drawn beside the page first, so that nothing jumps or flickers.
  const draw = async (now) => {
    const paper = part("div", "");
    let next = null;
    spec = now.spec;
    try {
      if (spec.$schema) next = await vegaEmbed(paper, structuredClone(spec), structuredClone(now.options));
      await move(next, now.moves);
      paper.setAttribute("role", "group");
      paper.setAttribute("aria-label", spec.description ?? "A chart without a description.");
    } catch (error) {
      paper.textContent = `The chart could not be drawn: ${error.message}`;
    }
    shown?.finalize();
    shown = next;
    drawn.replaceChildren(...(spec.$schema ? [paper] : []));
  };

  // Chart and words change together. Changes that arrive while a picture is being drawn end in one
  // further picture, not in one each; set in the middle of drawing, a parameter would reach only half of it.
  const NAMES = ["spec", "moves", "sentence", "card", "options"];
  let showing = false;
  let again = false;
  const show = async () => {
    again = true;
    if (showing) return;
    showing = true;
    try {
      while (again && !gone) {
        again = false;
        const now = Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));
        await (spec === now.spec ? move(shown, now.moves) : draw(now));
        // The sentence is text. In the card, every word of a document is escaped where it is written.
        if (said.textContent !== now.sentence) said.textContent = now.sentence;
        card.innerHTML = now.card;
      }
    } finally {
      showing = false;
    }
  };

  model.on("change", show);
  show().then(() => readyForKeys(el));
  return () => {
    gone = true;
    model.off("change", show);
    shown?.finalize();
  };
}

export default { render };
