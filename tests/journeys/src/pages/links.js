// Addresses of our own that the page leads to, without what follows "?" and "#". What stands in for
// another authority's program is no page of the portal.
const own = [...document.querySelectorAll("a[href]:not([download])")]
  .map((link) => new URL(link.href))
  .filter((to) => to.origin === location.origin && !/^\/(assets|sample\/licence)\//.test(to.pathname));
return [...new Set(own.map((to) => to.pathname))];
