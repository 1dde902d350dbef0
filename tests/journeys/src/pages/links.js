// Addresses of our own that the page leads to, without what follows "?" and "#".
const own = [...document.querySelectorAll("a[href]:not([download])")]
  .map((link) => new URL(link.href))
  .filter((to) => to.origin === location.origin && !to.pathname.startsWith("/assets/"));
return [...new Set(own.map((to) => to.pathname))];
