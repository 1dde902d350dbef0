// axe-core over the page; calls back with one sentence for each violation of weight.
// In forced colours the system chooses them, and axe would judge those that are not shown.
const [forced, told] = arguments;
const heavy = new Set(["serious", "critical"]);
axe.run(document, { resultTypes: ["violations"], rules: { "color-contrast": { enabled: !forced } } }).then((result) => {
  told(result.violations.flatMap((rule) => rule.nodes.map((node) => ({
    heavy: heavy.has(rule.impact),
    text: `axe ${rule.id} (${rule.impact}) at ${node.target.join(" ")}: ${node.failureSummary.split("\n").slice(1, 3).join(";").trim()}`,
  }))));
}, (error) => told([{ heavy: true, text: `axe did not run: ${error}` }]));
