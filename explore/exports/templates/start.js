// Draws as SVG, sharp in print, and reads expressions without eval, so that the page can forbid it.
const narrow = matchMedia("(max-width: 40rem)").matches;
for (const place of document.querySelectorAll("[data-chart]")) {
  const of = (kind) => document.getElementById(place.dataset.chart + kind);
  const small = narrow && of("-narrow"); // as wide as the screen, so that the menu would lie on its title
  const spec = JSON.parse((small || of("")).textContent);
  vegaEmbed(place, spec, {
    renderer: "svg", ast: true, mode: "vega-lite", downloadFileName: place.dataset.file,
    actions: small ? false : {export: true, source: false, compiled: false, editor: false},
  }).then(() => {
    place.querySelector("summary")?.setAttribute("aria-label", "Save this chart as a picture");
    for (const mark of place.querySelectorAll("[role=graphics-symbol]:not([aria-label])")) {
      mark.setAttribute("aria-hidden", "true");
    }
  }).catch((error) => { place.textContent = "The chart cannot be drawn: " + error.message; });
}
for (const button of document.querySelectorAll(".enlarge")) {
  button.addEventListener("click", () => {
    const large = button.previousElementSibling.classList.toggle("large");
    button.setAttribute("aria-pressed", large);
  });
}
if (parent !== window) { // in a frame of another page, which may want to be as high as this one
  const root = document.documentElement;
  const tell = () => parent.postMessage({"explore-height": Math.ceil(root.getBoundingClientRect().height)}, "*");
  new ResizeObserver(tell).observe(root);
}
