// A chart that is drawn once and then only moved, and the sentence that goes with it.
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
function readyForKeys(el) {
  const panel = el.closest(".explore-panel");
  if (!panel?.isConnected) return requestAnimationFrame(() => readyForKeys(el));
  // JupyterLab takes an arrow key for its own, even from a list, unless the list itself asks it not to.
  for (const list of panel.querySelectorAll("select, input")) list.dataset.lmSuppressShortcuts = "true";
  for (const slider of panel.querySelectorAll(".widget-slider")) {
    const words = slider.querySelector(".widget-label").textContent;
    for (const handle of slider.querySelectorAll(".noUi-handle")) {
      handle.setAttribute("aria-label", words);
      sayWhole(handle);
    }
  }
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
  const said = document.createElement("p");
  const drawn = document.createElement("div");
  said.className = "explore-said";
  said.setAttribute("aria-live", "polite");
  drawn.className = "explore-drawn";
  el.append(said, drawn);
  let shown = null;

  // textContent: what stands in a document is shown, never run.
  const say = () => {
    said.textContent = model.get("sentence");
  };

  // Moves that arrive while a picture is being drawn end in one further picture, not in one each;
  // set in the middle of drawing, a parameter would reach only half of the chart.
  let moving = false;
  let again = false;
  const move = async () => {
    again = true;
    if (moving || !shown) return;
    moving = true;
    try {
      while (again) {
        again = false;
        const moves = Object.entries(model.get("moves"));
        for (const [name, value] of moves) shown.view.signal(name, value);
        await shown.view.runAsync();
      }
    } finally {
      moving = false;
    }
  };

  // Drawn beside the page first, so that nothing jumps or flickers.
  let newest = 0;
  const draw = async () => {
    const mine = ++newest;
    const paper = document.createElement("div");
    const spec = structuredClone(model.get("spec"));
    if (!spec.$schema) return drawn.replaceChildren();
    try {
      const next = await vegaEmbed(paper, spec, structuredClone(model.get("options")));
      if (mine !== newest) return next.finalize();
      shown?.finalize();
      shown = next;
      paper.setAttribute("role", "group");
      paper.setAttribute("aria-label", model.get("words"));
    } catch (error) {
      paper.textContent = `The chart could not be drawn: ${error.message}`;
    }
    drawn.replaceChildren(paper);
    await move();
  };

  model.on("change:sentence", say);
  model.on("change:moves", move);
  model.on("change:spec", draw);
  say();
  draw().then(() => readyForKeys(el));
  return () => {
    model.off("change:sentence", say);
    model.off("change:moves", move);
    model.off("change:spec", draw);
    shown?.finalize();
  };
}

export default { render };
