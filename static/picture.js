// Departments as nodes, contacts as lines. Places and figures come with the page; colours come from the theme.
(() => {
  const charts = [];

  function colour(name) {
    const probe = document.createElement("span");
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }

  function options(data, wide) {
    const [act, sheet, ink, edge, onAct] = ["act", "sheet", "ink", "edge", "on-act"].map(colour);
    const font = getComputedStyle(document.body).fontFamily;
    const text = wide ? 14 : 12;
    const node = (one) => ({
      id: one.name, name: one.name, x: one.x * 100, y: one.y * 92, fixed: true,
      symbolSize: (one.kind === "home" ? 52 : 26 + 20 * Math.min(one.share, 1)) * (wide ? 1 : 0.8),
      itemStyle: one.kind === "none" || one.kind === "few"
        ? { color: sheet, borderColor: edge, borderWidth: 2, borderType: one.kind === "few" ? "dashed" : "solid" } : { color: act },
      label: { show: true, formatter: one.figure, color: one.kind === "known" || one.kind === "home" ? onAct : ink, fontFamily: font, fontWeight: 700, fontSize: text },
    });
    const words = (one) => ({
      id: `${one.name} name`, name: `${one.name} name`, x: one.x * 100, y: one.y * 92 + (one.kind === "home" ? 13 : 9), fixed: true,
      symbolSize: 0.01, itemStyle: { color: "transparent" },
      label: { show: true, formatter: one.name, position: "bottom", distance: 2, color: ink, fontFamily: font, fontWeight: 600, fontSize: text, width: wide ? 130 : 88, overflow: "break", textBorderColor: sheet, textBorderWidth: 3 },
    });
    const [home, ...others] = data.nodes;
    const links = others.filter((one) => one.kind !== "none").map((one) => ({
      source: home.name, target: one.name,
      lineStyle: { color: act, width: 2 + 9 * one.share, type: one.kind === "few" ? "dashed" : "solid", opacity: 1 },
    }));
    return {
      animation: false,
      series: [{
        type: "graph", layout: "none", silent: true, preserveAspect: "contain", left: wide ? 64 : 44, right: wide ? 64 : 44, top: 28, bottom: 44,
        data: [...data.nodes.map(node), ...data.nodes.map(words)], links, emphasis: { disabled: true },
      }],
    };
  }

  function draw() {
    for (const place of document.querySelectorAll("[data-picture]")) {
      const data = JSON.parse(document.getElementById(place.dataset.picture).textContent);
      const chart = echarts.init(place, null, { renderer: "canvas" });
      charts.push([chart, data, place]);
      chart.setOption(options(data, place.clientWidth > 420));
    }
  }

  function again() {
    for (const [chart, data, place] of charts) { chart.resize(); chart.setOption(options(data, place.clientWidth > 420), true); }
  }

  document.addEventListener("DOMContentLoaded", draw);
  addEventListener("resize", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
})();
